package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.NpzProvider.NpzSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refused NumPy file is told to do, and which labels do not belong together. */
final class NpzRemedyTest {

    private static final String NAMES = "save arrays x_train and x_test (or x)";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nan              | replace what is not finite",
                "empty            | save at least one example",
                "objects          | as by numpy.stack of examples that have one shape",
                "negative-label   | number the classes from 0",
                "too-many-classes | number the classes from 0",
                "half-labels      | number the classes from 0",
                "fewer-labels     | save one label for each example",
                "fortran          | save numpy.ascontiguousarray of it",
                "text             | save it as uint8 or float32",
            })
    void everyFaultHasARemedyOfItsOwn(String name, String remedy) throws URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(getClass().getResource("/npz/" + name + ".npz"))
                .toURI());

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(remedy)
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain(NAMES));
    }

    @Test
    void withoutExamplesTheArraysThatThereAreAreListed() throws IOException {
        TinyNpz file = new TinyNpz().examples("X", 3).examples("digits", 3);

        refused(file, "there is no array x_train or x; the file holds X, digits (");
        refused(file, "; " + NAMES);
        refused(new TinyNpz(), "the file holds no arrays at all");
    }

    @Test
    void oneHotLabelsAreToldHowToBecomeClasses() throws IOException {
        TinyNpz file = new TinyNpz().examples("x_train", 2).with("y_train", "|u1", "2, 3", new byte[6]);

        refused(file, "the array y_train holds 6 labels for 2 examples");
        refused(file, "; of one-hot labels save numpy.argmax(y_train, axis=1)");
    }

    @Test
    void examplesWithoutAnAxisOfElementsAreToldToReshape() throws IOException {
        TinyNpz file = new TinyNpz().with("x", "|u1", "2,", new byte[2]);

        refused(file, "the array x has 1 axis; expected [N, D]");
        refused(file, "; reshape it");
    }

    @ParameterizedTest
    @CsvSource({"test, 7", "validation, 7", "test, 1"})
    void aClassThatIsNotTrainedOnIsRefused(String split, int label) throws IOException {
        TinyNpz file = new TinyNpz().split("train", 0, 2, 0).split(split, 0, label);

        refused(file, "label 1 of y_" + split + " is " + label + ", a class that does not occur in y_train");
        refused(file, "; train on examples of every class, or leave class " + label + " out of y_" + split);
    }

    @Test
    void aClassThatIsOnlyTrainedOnIsFine() throws IOException {
        Dataset data =
                read(new TinyNpz().split("train", 0, 2, 1).split("test", 0, 0).write(folder));

        assertThat(data.summary().classes()).containsExactly("0", "1", "2");
    }

    @Test
    void aClassWhoseOnlyExampleIsSetAsideAtRandomIsFine() throws IOException {
        int[] eachItsOwn = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        Dataset data = read(new TinyNpz().split("train", eachItsOwn).write(folder));

        assertThat(data.test().count()).isEqualTo(1);
        assertThat(data.summary().classes()).hasSize(10);
    }

    @Test
    void labelsOfTheTestAloneAreRefused() throws IOException {
        TinyNpz file = new TinyNpz().examples("x_train", 3).split("test", 0, 1);

        refused(file, "there are labels y_test, and none of the examples to train on");
    }

    @Test
    void aSingleExampleIsTooFew() throws IOException {
        refused(new TinyNpz().examples("x", 1), "too few examples to set some aside for the test: 1");
    }

    @Test
    void dataThatAreGoneAreToldByThePathThatTheyHad() {
        Path gone = folder.resolve("moved.npz");

        assertThatThrownBy(() -> read(gone))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("the data are gone: there is no such file or folder (" + gone
                        + "); give --data PATH of where they are now");
    }

    private void refused(TinyNpz file, String reason) throws IOException {
        Path written = file.write(folder);

        assertThatThrownBy(() -> read(written))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason)
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    private static Dataset read(Path file) {
        return new NpzSource(file, 0.1).load(DataAccess.standard());
    }
}
