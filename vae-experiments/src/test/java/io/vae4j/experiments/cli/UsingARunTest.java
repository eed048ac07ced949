package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each command that uses a trained run, as a user types it, on runs that are trained in a moment. */
class UsingARunTest {

    private static final String TINY = " --epochs 1 --quiet --device cpu --set model.network.hidden=[8] --set"
            + " model.latent=2 --set train.batch=16 --set train.figureEpochs=[1] --set data.set=faces"
            + " --set data.set.size=16 --set data.set.train=64 --set data.set.test=12 --set data.set.classes=glasses --out ";

    @TempDir
    private static Path home;

    @BeforeAll
    static void train() throws Exception {
        for (String recipe : List.of("vae", "ae")) {
            CommandOutcome trained = CommandOutcome.of("train " + recipe + TINY + home.resolve(recipe));
            assertThat(trained.exitCode()).as(trained.err()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encode vae --out z.npz                               | z.npz",
                "encode ae --out a.csv                                | a.csv",
                "reconstruct vae --out x.png                          | x.png",
                "score vae --samples 3 --out s.npz                    | s.npz",
                "interpolate vae --from 0 --to 3 --steps 3 --out l.png | l.png",
                "impute vae --mask left --steps 4 --out i.png         | i.png",
                "export vae --out exported                            | exported",
                "sample vae --from mixture --components 2 --count 3 --out drawn | drawn/samples.png",
            })
    void theLastLineNamesWhatWasWritten(String arguments, String written) throws Exception {
        CommandOutcome done = CommandOutcome.of(placed(arguments) + " --device cpu");

        assertThat(done.exitCode()).as(done.err()).isZero();
        Path last = Path.of(done.out().lines().reduce((before, line) -> line).orElseThrow());
        assertThat(last).exists().startsWith(home.resolve(written));
    }

    @Test
    void aPlainAutoencoderIsScoredByReconstructionErrors() throws Exception {
        CommandOutcome scored = CommandOutcome.of(placed("score ae --outliers glasses --out ae.csv --device cpu"));

        assertThat(scored.exitCode()).as(scored.err()).isZero();
        assertThat(scored.err()).contains("scores are reconstruction errors");
        assertThat(scored.out()).contains("by reconstruction error").doesNotContain("nll");
        List<String> rows = Files.readAllLines(home.resolve("ae.csv"));
        assertThat(rows).hasSize(1 + 12).first().isEqualTo("index,reconstruction_error,label");
        assertThat(rows.subList(1, 13).stream().map(row -> Double.valueOf(row.split(",", -1)[1])))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void aPictureThatIsThereStays() throws Exception {
        Files.writeString(home.resolve("kept.png"), "a user's own");
        CommandOutcome scored = CommandOutcome.of(placed("score vae --samples 3 --out kept.csv --device cpu"));

        assertThat(scored.exitCode()).as(scored.err()).isZero();
        assertThat(scored.err()).contains("kept.png is there and stays");
        assertThat(home.resolve("kept.png")).hasContent("a user's own");
        assertThat(home.resolve("kept.csv")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encode vae --out z.txt              | .npz",
                "impute vae --mask lefty --out i.png | lefty",
                "score vae --outliers monocle --out s.csv | monocle",
                "encode no-such-run --out z.npz      | no-such-run",
                "score vae --samples 99999999999 --out s.csv | 1000000000 or less",
                "evaluate vae --samples 99999999999 --out e | 1000000000 or less",
                "interpolate vae --from 0 --to 1 --steps 2000000000 --out l.npz | the disk has",
                "interpolate vae --from 0 --to 1 --steps 2000000000 --out l.png | too large",
            })
    void wrongInputIsOneLineAndExitCodeTwo(String arguments, String named) throws Exception {
        CommandOutcome refused = CommandOutcome.of(placed(arguments) + " --quiet --device cpu");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines()).hasSize(1).allMatch(line -> line.contains(named));
    }

    @Test
    void moreSamplesThanTheDiskHoldsAreRefusedBeforeOneIsDrawn() throws Exception {
        CommandOutcome refused = CommandOutcome.of(placed("sample vae --count 2000000000 --out many --device cpu"));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err().lines()).singleElement().asString().contains("the file takes 12 TB", "ask for fewer");
        assertThat(home.resolve("many")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "sample vae --from Urn --out drawn      | '--from': expected one of prior, mixture but was 'Urn'",
                "score vae --bound tight --out s.csv    | '--bound': expected one of elbo, iwae but was 'tight'",
            })
    void ofAFewWordsEachIsNamedInLowerCase(String arguments, String named) throws Exception {
        CommandOutcome refused = CommandOutcome.of(placed(arguments));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(refused.err()).contains(named);
    }

    @Test
    void whatSaysNothingOfAPlainAutoencoderIsADashAndStandsInTheFile() throws Exception {
        CommandOutcome evaluated = CommandOutcome.of(placed("evaluate ae --with knn --device cpu"));

        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.out()).doesNotContain("NaN").containsPattern("-  .*/ae: .*\\(1, -, -\\)");
        assertThat(evaluated.out()).doesNotContain("does not apply");
        assertThat(home.resolve("ae/evaluation.json")).content().contains("there is no bound of log p(x)");
        assertThat(home.resolve("ae/report.html")).content().doesNotContain(">NaN", "NaN<");
    }

    /** The run and the file below the folder of the test. */
    private static String placed(String arguments) {
        List<String> words = List.of(arguments.strip().split(" +"));
        return String.join(
                " ",
                Stream.iterate(0, i -> i < words.size(), i -> i + 1)
                        .map(i -> i == 1 || words.get(Math.max(0, i - 1)).equals("--out")
                                ? home.resolve(words.get(i)).toString()
                                : words.get(i))
                        .toList());
    }
}
