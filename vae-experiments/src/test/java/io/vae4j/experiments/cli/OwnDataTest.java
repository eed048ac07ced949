package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of one's own from the command line: what is said, what is trained, and what is refused. */
class OwnDataTest {

    @TempDir
    private Path home;

    @Test
    void aFolderOfPicturesIsTakenAndShown() throws Exception {
        Path folder = resource("/pictures/classes");
        Result result = trained(folder);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("taking " + folder + " as images: ", "of shape (1, 3, 4), in 2 classes");
        assertThat(home.resolve("run/images/samples-epoch-0001.png")).exists();
        assertThat(home.resolve("run/report.html")).content().doesNotContain("There are no pictures");
    }

    @Test
    void aFileOfVectorsIsTakenAndTheReportSaysThatThereAreNoPictures() throws Exception {
        Path file = resource("/npz/booleans.npz");
        Result result = trained(file);
        Result evaluated = vae("evaluate", "run", "--samples", "10", "--examples", "2", "--data", file.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("taking " + file + " as npz: ", "of shape (4)", "no pictures are made");
        assertThat(home.resolve("run/report.html"))
                .content()
                .contains("There are no pictures: an example has shape [4]", "2 examples, after epoch 1");
        assertThat(home.resolve("run/images")).doesNotExist();
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err()).contains("2 of 2 examples").doesNotContain(" images");
        assertThat(evaluated.out()).contains("(epoch, K, examples)");
    }

    @Test
    void figuresOnOtherDataSaySo() throws Exception {
        Path file = resource("/npz/booleans.npz");
        trained(file);
        Path moved = Files.copy(file, home.resolve("moved.npz"));
        Path other = Files.write(home.resolve("other.npz"), withAnotherBit(Files.readAllBytes(file)));
        String[] evaluate = {"evaluate", "run", "--samples", "2", "--data"};
        Result same = vae(
                Stream.concat(Stream.of(evaluate), Stream.of(moved.toString())).toArray(String[]::new));
        assertThat(home.resolve("run/evaluation.json")).content().doesNotContain("other data");
        Result different = vae(
                Stream.concat(Stream.of(evaluate), Stream.of(other.toString())).toArray(String[]::new));

        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(different.exitCode()).as(different.err()).isZero();
        assertThat(home.resolve("run/evaluation.json")).content().contains("on other data than the run's: other");
        assertThat(home.resolve("run/report.html")).content().contains("on other data than the run's: other");
    }

    /** A comment at the end of the archive: the same arrays in a file of other content. */
    private static byte[] withAnotherBit(byte[] npz) {
        byte[] commented = Arrays.copyOf(npz, npz.length + 1);
        commented[npz.length - 2] = 1; // the length of the comment, which ends the directory
        return commented;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/npz/nan.npz", "/npz/objects.npz", "/pictures/corrupt", "/pictures/sizes"})
    void badDataAreOneLineAndNothingIsWritten(String bad) throws Exception {
        Result result = trained(resource(bad));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("vae: ")
                .hasLineCount(1)
                .contains(Path.of(bad).getFileName().toString());
        assertThat(home).isEmptyDirectory();
    }

    private Result trained(Path data) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("train", "vae", "--data", data.toString(), "--out", "run"));
        arguments.addAll(List.of("--epochs", "1", "--device", "cpu", "--set", "model.network.hidden=[4]"));
        return vae(arguments.toArray(String[]::new));
    }

    private Result vae(String... arguments) throws Exception {
        return new VaeProcesses(home).run(List.of(arguments));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(OwnDataTest.class.getResource(name), name)
                .toURI());
    }
}
