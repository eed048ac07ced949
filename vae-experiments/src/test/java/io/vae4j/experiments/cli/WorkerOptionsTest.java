package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training by workers on the command line. */
class WorkerOptionsTest {

    private static final String TRAINED =
            "train toy --device cpu --set data.set.train=200 --set data.set.test=50 --set train.batch=40 ";

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--workers 0 | vae: --workers is 0 (train); give 1 or more",
                "--workers 10001 | vae: --workers is 10001 (train); give 10000 or less",
                "--workers 2 --local-steps 0 | vae: --local-steps is 0 (train); give 1 or more",
                "--local-steps 5 | vae: --local-steps is given, and there are no workers (train); add --workers N",
                "--master local | vae: --master is given, and there are no workers (train); add --workers N",
                "--workers 2 --master local | vae: the module for Spark is not on the class path (--master); start"
                        + " the program by ./vae, which adds it, or add vae-spark and Spark's jars",
                "--workers 6 | vae: of 200 examples each of 6 workers has 33, fewer than a batch of 40 (--workers); take at"
                        + " most 5 workers, or set a smaller train.batch",
            })
    void wrongInputIsOneLineAndExitCodeTwo(String options, String line) {
        CommandOutcome refused =
                CommandOutcome.of(TRAINED + "--quiet --epochs 1 --out " + home.resolve("run") + " " + options);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err().strip()).isEqualTo(line);
        assertThat(home.resolve("run")).doesNotExist();
    }

    @Test
    void aRunGoesOnWithItsOwnWorkersUnlessOthersAreAskedFor() {
        Path run = home.resolve("run");
        CommandOutcome begun = CommandOutcome.of(TRAINED + "--epochs 1 --workers 2 --local-steps 3 --out " + run);
        CommandOutcome resumed = CommandOutcome.of("train --epochs 2 --device cpu --resume " + run);
        CommandOutcome others = CommandOutcome.of("train --epochs 3 --device cpu --workers 4 --resume " + run);
        CommandOutcome evaluated = CommandOutcome.of("evaluate --device cpu --samples 5 --examples 20 " + run);

        assertThat(begun.exitCode()).as(begun.err()).isZero();
        assertThat(begun.err()).contains("2 workers, 3 local steps a round, which take turns in this process");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("2 workers, 3 local steps a round").doesNotContain("other workers");
        assertThat(others.exitCode()).as(others.err()).isZero();
        assertThat(others.err())
                .contains("4 workers, 3 local steps a round", "going on by other workers than before")
                .doesNotContain("the folder was changed");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    }
}
