package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
        assertThat(home.resolve("run/report.html")).content().doesNotContain("There are no grids of images");
    }

    @Test
    void aFileOfVectorsIsTakenAndTheReportSaysThatThereAreNoPictures() throws Exception {
        Path file = resource("/npz/booleans.npz");
        Result result = trained(file);
        Result evaluated = vae("evaluate", "run", "--samples", "10", "--examples", "2", "--data", file.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("taking " + file + " as npz: ", "of shape (4)", "there are no grids of images");
        assertThat(home.resolve("run/report.html"))
                .content()
                .contains("There are no grids of images: an example has shape [4]", "2 examples, after epoch 1");
        assertThat(home.resolve("run/images")).doesNotExist();
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err()).contains("2 of 2 examples").doesNotContain(" images");
        assertThat(evaluated.out()).contains("(epoch, K, examples)");
    }

    @Test
    void aMovedFileIsToldToBeGoneAndIsNoOtherDataUnderItsNewName() throws Exception {
        Path file = Files.copy(resource("/npz/bytes.npz"), home.resolve("squares.npz"));
        Result result = trained(file);
        Path moved = Files.move(file, home.resolve("moved.npz"));
        Result without = vae("evaluate", "run", "--samples", "10", "--examples", "2");
        Result with = vae("evaluate", "run", "--samples", "10", "--examples", "2", "--data", moved.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err())
                .hasLineCount(1)
                .contains("the data are gone", file.toString(), "give --data PATH of where they are now");
        assertThat(with.exitCode()).as(with.err()).isZero();
        assertThat(with.err()).contains("moved.npz: 4 examples").doesNotContain("other data");
        assertThat(home.resolve("run/evaluation.json")).content().doesNotContain("other data");
    }

    @Test
    void otherDataOfTheSameShapeAreSaidToBeOthers() throws Exception {
        Path file = resource("/npz/floats.npz");
        Result result = trained(file, "--set", "data.values=as-stored", "--set", "model.likelihood=gaussian");
        Result evaluated = vae(
                "evaluate",
                "run",
                "--samples",
                "10",
                "--data",
                resource("/npz/big-endian.npz").toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(evaluated.err()).contains("these are other data than those that the run was trained on");
        assertThat(home.resolve("run/evaluation.json")).content().contains("on other data than the run's: big-endian");
        assertThat(home.resolve("run/report.html")).content().contains("on other data than the run's: big-endian");
    }

    @Test
    void aTableIsTakenWithItsLabelsAndTheManifestKeepsItsColumns() throws Exception {
        StringBuilder rows = new StringBuilder("length;width;species\n");
        for (int i = 0; i < 20; i++) {
            rows.append(i).append(';').append(i % 3).append(i % 2 == 0 ? ";setosa\n" : ";virginica\n");
        }
        Path file = Files.writeString(home.resolve("flowers.csv"), rows);
        List<String> gaussian = List.of("--set", "data.values=as-stored", "--set", "model.likelihood=gaussian");
        Result refused = trained(file, gaussian.toArray(String[]::new));
        List<String> more = new ArrayList<>(gaussian);
        more.addAll(List.of("--set", "data.set.labels=species"));
        Result result = trained(file, more.toArray(String[]::new));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("line 2, column species, is 'setosa', no number", "by --set data.set.labels=species");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err())
                .contains(
                        "reading flowers.csv, separated by semicolons",
                        "taking " + file + " as csv: flowers.csv: 18 examples to train on and 2 to test on,"
                                + " of shape (2), in 2 classes, values: real");
        assertThat(home.resolve("run/manifest.json"))
                .content()
                .contains("\"table\"", "\"columns\"", "\"width\"", "\"scale\"");
        assertThat(home.resolve("run/recipe.yaml")).content().contains("labels: species");
    }

    @Test
    void oneClassIsCountedInTheSingular() throws Exception {
        Result result = trained(resource("/pictures/splits"));

        assertThat(result.err())
                .contains("3 examples to train on and 1 to test on", "in 1 class, values: byte levels\n");
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

    private Result trained(Path data, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("train", "vae", "--data", data.toString(), "--out", "run"));
        arguments.addAll(List.of("--epochs", "1", "--device", "cpu", "--set", "model.network.hidden=[4]"));
        arguments.addAll(List.of(more));
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
