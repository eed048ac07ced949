package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on when the file that it was trained on has changed. */
class ChangedDataTest {

    private static final String QUICK = " --epochs 1 --quiet --device cpu --set model.network.hidden=[4] --set"
            + " model.latent=1 --set train.batch=16 --set data.values=as-stored --set model.likelihood=gaussian"
            + " --set data.set.testShare=0.2 --out ";

    @TempDir
    private Path home;

    @Test
    void dataThatHaveChangedNeedAWordWhichTheManifestKeeps() throws Exception {
        Path data = Files.writeString(home.resolve("own.csv"), table(0));
        Path run = home.resolve("run");
        CommandOutcome trained = CommandOutcome.of("train vae --data " + data + QUICK + run);
        Files.writeString(data, table(1));
        CommandOutcome refused = CommandOutcome.of("train --quiet --epochs 2 --device cpu --resume " + run);
        CommandOutcome accepted = CommandOutcome.of("train --epochs 2 --device cpu --changed-data --resume " + run);
        CommandOutcome again = CommandOutcome.of("train --quiet --epochs 3 --device cpu --resume " + run);

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .contains("the data are not those that the run was trained on", "say --changed-data");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(accepted.err()).contains("the folder was changed: the data are not those");
        assertThat(run.resolve("manifest.json")).content().contains("the data are not those that the run was trained");
        assertThat(again.exitCode())
                .as("the changed data are the run's own now")
                .isZero();
    }

    private static String table(int shift) {
        return IntStream.range(0, 60)
                .mapToObj(i -> (i + shift) + "," + i * i % 7)
                .collect(Collectors.joining("\n", "x,y\n", "\n"));
    }
}
