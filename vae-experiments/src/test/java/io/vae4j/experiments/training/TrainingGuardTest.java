package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.recipe.StepKind;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.models.LinearGaussian;
import io.vae4j.models.Vae;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.network.Initialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of four steps an epoch, each of which asks the objective once, as does the test. */
class TrainingGuardTest {

    /** The calls of the first epoch and its test are five; the last step is taken once more, to see what is wrong. */
    private static final Integer[] FROM_THE_SECOND_EPOCH = {6, 7, 8, 9, 10};

    @TempDir
    private Path home;

    /** Minus the ELBO, but at some of its calls. */
    private static final class Failing implements Objective {

        private final Set<Integer> calls;
        private int call;

        Failing(Integer... calls) {
            this.calls = Set.of(calls);
        }

        @Override
        public int samples() {
            return 1;
        }

        @Override
        public NDArray loss(BoundTerms terms) {
            NDArray loss = new Elbo().loss(terms);
            return calls.contains(++call) ? Ops.scale(loss, Double.NaN) : loss;
        }
    }

    @Test
    void aStepThatIsNotFiniteIsSkippedAndCountedAndIsNotInTheMeans() throws IOException {
        List<Measurement> lines = trained(new Failing(1, 3));

        assertThat(lines).hasSize(2);
        assertThat(lines).allMatch(line -> line.value(StandardMetrics.LOSS).isPresent());
        assertThat(lines.get(0).value(StandardMetrics.SKIPPED_STEPS)).hasValue(2);
        assertThat(lines.get(1).values()).doesNotContainKey("skipped_steps");
    }

    @Test
    void anEpochOfSuchStepsEndsTheRunAndNamesStepAndBatchAndWhatIsWrong() {
        assertThatThrownBy(() -> trained(new Failing(FROM_THE_SECOND_EPOCH)))
                .isInstanceOf(TrainingFailure.class)
                .hasMessageContaining("the loss is not finite in step 8, batch 4 of epoch 2")
                .hasMessageContaining("in the 3 steps before")
                .hasMessageContaining("optimizer.learningRate");
    }

    /** What the weights were then is what the run goes on from. */
    @Test
    void theCheckpointOfTheEpochBeforeStays() {
        Path run = home.resolve("run");
        assertThatThrownBy(() -> trained(new Failing(FROM_THE_SECOND_EPOCH))).isInstanceOf(TrainingFailure.class);

        assertThat(run.resolve("checkpoints").toFile().list()).containsExactly("epoch-0001");
    }

    @Test
    void aTestWhoseLossIsNotFiniteEndsTheRunAndItsEpochIsNotKept() {
        assertThatThrownBy(() -> trained(new Failing(10)))
                .isInstanceOf(TrainingFailure.class)
                .hasMessageContaining("the loss is NaN in epoch 2, by step 8")
                .hasMessageContaining("optimizer.learningRate");
        assertThat(home.resolve("run/checkpoints").toFile().list()).containsExactly("epoch-0001");
    }

    @Test
    void aLossThatGrowsBeyondItsBoundEndsTheRun() throws IOException {
        try (TrainingSession session = Small.session(
                Small.recipe("vae", 20, "train.batch=50", "optimizer.learningRate=1", "train.guard.lossGrowth=1.0e-3"),
                0)) {
            assertThatThrownBy(() -> session.run(home.resolve("grown")))
                    .isInstanceOf(TrainingFailure.class)
                    .hasMessageContaining("the training loss has grown from")
                    .hasMessageContaining("train.guard.lossGrowth");
        }
    }

    /** The lines of the training split. */
    private List<Measurement> trained(Objective objective) throws IOException {
        Path run = home.resolve("run");
        Vae model = new LinearGaussian(
                        new Shape(1, Small.SIDE, Small.SIDE),
                        2,
                        new GlobalScale.Fixed(1),
                        Initialization.GLOROT_UNIFORM)
                .withAffinePosterior();
        try (TrainingSession session = TrainingSession.of(model, Small.data())
                .objective(objective)
                .epochs(2)
                .batch(50)
                // the objective counts its calls, of which a program promises no number
                .step(StepKind.EAGER)
                .build()) {
            session.run(run);
        }
        return MetricsFile.read(new RunFiles(run)).history().measurements(Split.TRAIN);
    }
}
