package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of trained runs, from the command line. */
class FigureCommandTest {

    private static final Path SQUARES =
            Path.of("src/test/resources/npz/bytes.npz").toAbsolutePath();

    @TempDir
    private static Path home;

    @BeforeAll
    static void train() throws Exception {
        for (String latent : List.of("2", "3")) {
            Result trained = vae("train vae --quiet --epochs 1 --out z" + latent + " --data " + SQUARES
                    + " --set model.network.hidden=[8] --set model.latent=" + latent);
            assertThat(trained.exitCode()).as(trained.err()).isZero();
        }
    }

    @Test
    void whatAppliesToARunIsDrawnAtItsEndAndShownInItsReport() throws IOException {
        assertThat(home.resolve("z2/figures/latent-plane.svg")).exists();
        assertThat(home.resolve("z2/report.html")).content().contains("What was learned", "data:image/svg+xml;base64,");
        assertThat(home.resolve("z3/figures/latent-plane.svg")).doesNotExist();
    }

    @Test
    void aFigureOfSeveralRunsStandsHereAndShowsThemSideBySide() throws Exception {
        Result one = vae("figure latent-plane z2 --out one");
        Result two = vae("figure latent-plane z2 z2");
        BufferedImage single = ImageIO.read(home.resolve("one/latent-plane.png").toFile());
        BufferedImage pair =
                ImageIO.read(home.resolve("figures/latent-plane.png").toFile());

        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(two.exitCode()).as(two.err()).isZero();
        assertThat(two.out().strip())
                .isEqualTo(Path.of("figures", "latent-plane.png").toString());
        assertThat(pair.getWidth()).isGreaterThan(3 * single.getWidth() / 2);
        assertThat(Files.readString(home.resolve("figures/latent-plane.svg"))).contains(">z2<");
    }

    @Test
    void aFigureOfNoRunStandsHere() throws Exception {
        Result drawn = vae("figure quantization --examples 50 --device cpu");

        assertThat(drawn.exitCode()).as(drawn.err()).isZero();
        assertThat(drawn.out().strip())
                .isEqualTo(Path.of("figures", "quantization.png").toString());
        assertThat(drawn.err()).contains("Decay 0 and the whole set in each batch");
        assertThat(home.resolve("figures/quantization.svg")).isNotEmptyFile();
    }

    @Test
    void theListNamesFiguresWithWhatTheyShow() throws Exception {
        assertThat(vae("figure --list").out().lines())
                .anyMatch(line -> line.matches("latent-plane +The codes of test examples .*"));
    }

    @Test
    void theRecordOfAFigureThatSomebodyDamagedIsANoteOnThePage() throws Exception {
        Path copy = home.resolve("damaged");
        copy(home.resolve("z2"), copy);
        Files.writeString(copy.resolve("figures/latent-plane.json"), "{\"title\": [1, 2], \"panels\": 3");
        Result report = vae("report damaged");

        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(copy.resolve("report.html"))
                .content()
                .contains("figures/latent-plane.json is not the record of a figure and is not shown")
                .doesNotContain("The codes of test examples on the plane");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "figure latent-plane z3               | needs 2 latent dimensions, and the model has 3;",
                "figure latent-plain z2               | did you mean 'latent-plane'?",
                "figure latent-plane                  | no run is named",
                "figure                               | no figure is named",
                "figure quantization z2               | leave the run folders away",
                "figure weights z2 --choose 2         | there is no test example 2 among 2",
                "figure latent-plane no-such-run      | no-such-run",
                "figure latent-plane z2 --examples 0  | --examples is 0",
                "figure latent-plane z2 --out z2/recipe.yaml | this is a file",
                "figure latent-plane z2 --device tpu  | tpu",
            })
    void wrongInputIsOneLineAndExitCodeTwoAndNothingIsWritten(String arguments, String named) throws Exception {
        long before = Files.getLastModifiedTime(home.resolve("z2/report.html")).toMillis();
        Result result = vae(arguments);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().filter(line -> line.startsWith("vae: ")))
                .hasSize(1)
                .allMatch(line -> line.contains(named));
        assertThat(home.resolve("z3/figures/latent-plane.png")).doesNotExist();
        assertThat(Files.getLastModifiedTime(home.resolve("z2/report.html")).toMillis())
                .isEqualTo(before);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static Result vae(String arguments) throws IOException, InterruptedException {
        return new VaeProcesses(home).run(List.of(arguments.split(" +", -1)));
    }
}
