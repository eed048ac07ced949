package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a table, some of whose rows it left out or set aside, and other tables that are put to it. */
class OtherDataTest {

    private static final int ROWS = 60;

    @TempDir
    private static Path home;

    @BeforeAll
    static void train() throws Exception {
        Files.writeString(home.resolve("own.csv"), table(ROWS, 0));
        CommandOutcome trained = CommandOutcome.of("train vae --data " + home.resolve("own.csv")
                + " --epochs 1 --quiet --device cpu --set model.network.hidden=[4] --set model.latent=1"
                + " --set train.batch=16 --set data.values=as-stored --set model.likelihood=gaussian"
                + " --set data.set.testShare=0.2 --set data.withoutClasses=[\"b\"] --set data.validationShare=0.2 --out "
                + home.resolve("run"));
        assertThat(trained.exitCode()).as(trained.err()).isZero();
    }

    /** Every third row is of class b. */
    private static String table(int rows, int shift) {
        StringBuilder text = new StringBuilder("x,y,label\n");
        for (int i = 0; i < rows; i++) {
            text.append("%d,%d,%s%n".formatted(i + shift, i * i % 7, i % 3 == 2 ? "b" : i % 3 == 1 ? "c" : "a"));
        }
        return text.toString();
    }

    @Test
    void otherDataInOnePieceAreEvaluatedAsAWhole() throws Exception {
        Path other = Files.writeString(home.resolve("other.csv"), table(30, 1));
        CommandOutcome evaluated = evaluated(other, "--with linear-probe");

        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err())
                .contains(
                        "other.csv has no test split of its own: its 30 examples are the test split, and what learns from"
                                + " examples learns from those of the run")
                .contains("these are other data than those that the run was trained on");
        assertThat(home.resolve("run/evaluation.json")).content().contains("\"images\" : 30");
        assertThat(evaluated.out()).contains("30 test examples");
    }

    @Test
    void otherDataWithATestSplitAreEvaluatedOnIt() throws Exception {
        Path folder = Files.createDirectory(home.resolve("splits"));
        Files.writeString(folder.resolve("train.csv"), table(30, 2));
        Files.writeString(folder.resolve("test.csv"), table(9, 3));
        CommandOutcome evaluated = evaluated(folder, "");

        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err()).contains("30 examples to train on and 9 to test on, of shape (2), in 3 classes");
        assertThat(home.resolve("run/evaluation.json")).content().contains("\"images\" : 9");
    }

    /** Those of class b are left out; the share that is held out is not known of a file alone. */
    @Test
    void theRunsOwnDataKeepItsSplitsWhereverTheyLie() throws Exception {
        Path moved = Files.copy(home.resolve("own.csv"), home.resolve("moved.csv"));
        CommandOutcome evaluated = evaluated(moved, "");

        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err())
                .contains(" to validate on and ", "in 2 classes", "these are the run's data in other splits")
                .doesNotContain("other data", "all 60 examples");
    }

    private static CommandOutcome evaluated(Path data, String more) {
        return CommandOutcome.of(
                ("evaluate " + home.resolve("run") + " --samples 3 --device cpu --data " + data + " " + more).strip());
    }
}
