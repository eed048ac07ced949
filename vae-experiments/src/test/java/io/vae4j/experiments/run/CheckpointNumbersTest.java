package io.vae4j.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which numbers a checkpoint may hold: what was saved by a run that could go on, another one goes on from. */
class CheckpointNumbersTest {

    private static final float INFINITE = Float.POSITIVE_INFINITY;

    @TempDir
    private Path home;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void sumsMayHaveBeenOfWhatWasNotFinite() throws IOException {
        NDArray into = manager.create(new float[2]);
        saved(1, 1, Float.NaN).loadSums(manager, Map.of("sums", into));

        assertThat(into.toFloatArray()).containsExactly(Float.NaN, 1);
    }

    @Test
    void aMomentMayHaveOverflownAndMayNotBeNaN() throws IOException {
        NDArray into = manager.create(new float[2]);
        saved(1, INFINITE, 1).loadOptimizer(manager, Map.of("moment", into));

        assertThat(into.toFloatArray()).containsExactly(INFINITE, 1);
        assertThatThrownBy(() -> saved(1, Float.NaN, 1).loadOptimizer(manager, Map.of("moment", into)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("moment holds numbers that are not finite");
    }

    @Test
    void aWeightIsFinite() {
        NDArray into = manager.create(new float[2]);

        for (float weight : new float[] {INFINITE, Float.NaN}) {
            assertThatThrownBy(() -> saved(weight, 1, 1).loadModel(manager, Map.of("weight", into)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("weight holds numbers that are not finite");
        }
    }

    private Checkpoint saved(float weight, float moment, float sum) throws IOException {
        Checkpoint checkpoint = new Checkpoint(home.resolve("epoch-0000-step-000000001"));
        checkpoint.save(
                0,
                1,
                0,
                new Checkpoint.Content(
                        Map.of("weight", array(weight)),
                        Map.of("moment", array(moment)),
                        Optional.empty(),
                        Optional.of(new Checkpoint.Begun(
                                Map.of("sums", array(sum)), List.of("loss", "kl"), new Checkpoint.Counts(1, 0))),
                        Optional.empty()));
        return checkpoint;
    }

    private NDArray array(float first) {
        return manager.create(new float[] {first, 1});
    }
}
