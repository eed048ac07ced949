package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.training.Small;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples as a file has them, and how far they and what is measured have come. */
class SamplesFileTest {

    /** More than two portions, and no multiple of one. */
    private static final int COUNT = 457;

    @TempDir
    private Path folder;

    @Test
    void aFileThatIsWrittenInPortionsHasWhatIsDrawnAtOnce() throws IOException {
        try (TrainingSession session = Small.session(Small.recipe("cvae", 1), 3);
                NDManager owner = session.model().newManager()) {
            Samples samples = new Samples(session.model(), 5, Optional.empty());
            List<Double> told = new ArrayList<>();

            samples.write(COUNT, folder, told::add);

            NDList written = NDList.decode(owner, Files.readAllBytes(folder.resolve("samples.safetensors")));
            Samples.Drawn drawn = samples.draw(owner, COUNT);
            assertThat(values(written.get("means"))).containsExactly(values(drawn.means()));
            assertThat(values(written.get("pixels"))).containsExactly(values(drawn.samples()));
            assertThat(written.get("classes").toLongArray())
                    .hasSize(COUNT)
                    .containsExactly(drawn.classes().orElseThrow().toLongArray());
            assertThat(told).hasSizeGreaterThan(2).isSorted().endsWith((double) COUNT);
        }
    }

    @Test
    void whatDoesNotFitIntoMemoryIsNotDrawn() {
        try (TrainingSession session = Small.session(Small.recipe("vae", 1), 3);
                NDManager owner = session.model().newManager()) {
            Samples samples = new Samples(session.model(), 5, Optional.empty());

            assertThatThrownBy(() -> samples.draw(owner, Integer.MAX_VALUE))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("of memory, and");
        }
    }

    @Test
    void progressOfAnEvaluationIsToldWhileSamplesOfABatchAreDrawn() {
        try (TrainingSession session = Small.session(Small.recipe("vae", 1), 3);
                Evaluator evaluator =
                        new Evaluator(session.model(), session.data().test())) {
            List<Double> told = new ArrayList<>();

            LikelihoodEvaluator.measure(evaluator, 0, 400, Evaluator.BATCH, told::add);

            assertThat(told).hasSizeGreaterThan(3).isSorted().endsWith((double) Evaluator.BATCH);
            assertThat(told.get(0)).isStrictlyBetween(0.0, (double) Evaluator.BATCH);
        }
    }

    private static float[] values(NDArray array) {
        return array.toFloatArray();
    }
}
