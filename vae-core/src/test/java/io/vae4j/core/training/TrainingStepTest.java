package io.vae4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.LinearGaussianLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingStepTest {

    private static final double RATE = 0.1;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aLoopOfItLowersTheLoss() {
        LatentModel model = initialized(new LinearGaussianLine());
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
            double first = 0;
            double last = 0;
            for (int i = 0; i < 100; i++) {
                try (NDManager batch = manager.newSubManager()) {
                    double loss = step.on(data(batch), Condition.none(), new Elbo(), 0.05)
                            .meanLoss();
                    first += i < 20 ? loss : 0;
                    last += i >= 80 ? loss : 0;
                }
            }

            assertThat(last).isLessThan(first);
            assertThat(step.taken()).isEqualTo(100);
        }
    }

    @Test
    void theObserverSeesTheTermsBeforeTheParametersMove() {
        LatentModel model = initialized(new LinearGaussianLine());
        float[] before = values(model);
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings());
                NDManager batch = manager.newSubManager()) {
            TrainingStep.Inputs inputs =
                    new TrainingStep.Inputs(data(batch), Condition.none(), new Elbo(), RATE, 0, Noise.seeded(0, 0, 0));
            step.on(inputs, estimate -> assertThat(values(model)).isEqualTo(before));
        }

        assertThat(values(model)).isNotEqualTo(before);
    }

    /** Adam's first moment is (1 - beta1) times the first gradient. */
    @Test
    void theGradientsThatAreShownAreThoseThatTheStepGoesBy() {
        LatentModel model = initialized(new LinearGaussianLine());
        Map<String, float[]> shown = new HashMap<>();
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings());
                NDManager batch = manager.newSubManager()) {
            TrainingStep.Inputs inputs =
                    new TrainingStep.Inputs(data(batch), Condition.none(), new Elbo(), RATE, 0, Noise.seeded(0, 0, 0));
            step.on(
                    inputs,
                    estimate -> {},
                    gradients -> gradients.forEach((name, gradient) -> shown.put(name, gradient.toFloatArray())));

            assertThat(shown).hasSize(step.state().size() / 2).allSatisfy((name, gradient) -> {
                float[] moment = Objects.requireNonNull(step.state().get(name + ".exp_avg"))
                        .toFloatArray();
                assertThat(gradient).hasSameSizeAs(moment);
                for (int i = 0; i < moment.length; i++) {
                    assertThat(0.1 * gradient[i]).isCloseTo(moment[i], within(1e-5 * Math.abs(moment[i]) + 1e-9));
                }
            });
        }
    }

    /** The model does not say that it has such a part, nor that two places share it. */
    @Test
    void aPartThatChangesAfterAStepIsFoundInAnyModel() {
        Judged model = initialized(new Judged());
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
            take(step, 0);
            take(step, 1);
        }

        assertThat(model.counter.steps.getArray().getFloat(0)).isEqualTo(2);
    }

    /** By Adam's first step, whose length is the learning rate whatever the gradient. */
    @Test
    void aSeparatelyTrainedPartLearnsByItsOwnLossAtItsOwnRate() {
        Judged model = initialized(new Judged());
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings());
                NDManager batch = manager.newSubManager()) {
            step.on(data(batch), Condition.none(), new Elbo(), RATE);
        }

        // its own loss, (judgment - 1)^2, pulls it up from 0.5; the model's would push it down
        assertThat(model.judge.weight.getArray().getFloat(0))
                .isCloseTo(0.5f + (float) Judged.Judge.RATE, within(1e-4f));
    }

    @Test
    void theModelSeesTheParametersOfASeparatelyTrainedPartAsConstants() {
        Judged model = initialized(new Judged());
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings());
                NDManager batch = manager.newSubManager()) {
            Estimate estimate = step.on(data(batch), Condition.none(), new Elbo(), RATE);

            assertThat(estimate.terms().penalty()).isPresent();
            try (NDArray gradient = model.judge.weight.getArray().getGradient()) {
                assertThat(gradient.isEmpty() || gradient.abs().sum().getFloat() == 0)
                        .isTrue();
            }
        }
    }

    @Test
    void djlsTrainerIsNotGivenAModelWithASeparatelyTrainedPart() {
        assertThatThrownBy(() -> new LossBlock(new Judged(), new Elbo()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the model's Judge learns by a loss of its own")
                .hasMessageContaining("TrainingStep");
    }

    @Test
    void aSeparatelyTrainedPartThatIsFrozenStaysAsItIs() {
        Judged model = initialized(new Judged());
        model.judge.freezeParameters(true);
        float weight = model.judge.weight.getArray().getFloat();
        float[] before = values(model);
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
            take(step, 0);
        }

        assertThat(model.judge.weight.getArray().getFloat()).isEqualTo(weight);
        assertThat(values(model)).isNotEqualTo(before);
    }

    @Test
    void aModelThatIsFrozenHasNothingToTrain() {
        Judged model = initialized(new Judged());
        model.line.freezeParameters(true);
        assertThatFrozen(model);
        model.freezeParameters(true);
        assertThatFrozen(model);
    }

    private static void assertThatFrozen(LatentModel model) {
        assertThatThrownBy(() -> new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are frozen; thaw a part");
    }

    @Test
    void allMomentsAreShownUnderTheNamesOfTheirParametersAndCarryTheStepOn() {
        Judged whole = initialized(new Judged());
        Judged parts = initialized(new Judged());
        try (TrainingStep one = new TrainingStep(whole, new PathwiseGradient(), new FusedAdam.Settings());
                TrainingStep first = new TrainingStep(parts, new PathwiseGradient(), new FusedAdam.Settings());
                TrainingStep second = new TrainingStep(parts, new PathwiseGradient(), new FusedAdam.Settings())) {
            take(one, 0);
            take(one, 1);
            take(first, 0);
            first.state().forEach((name, moment) -> moment.copyTo(second.state().get(name)));
            take(second, 1);

            assertThat(one.state())
                    .containsKeys("judge.weight.exp_avg", "judge.weight.exp_avg_sq")
                    .hasSize(2 * (ModelState.of(whole).size() - 2));
            assertThat(values(parts)).isEqualTo(values(whole));
        }
    }

    @Test
    void aStepAfterRestoredMomentsIsThatOfTheUninterruptedLoopWithItsNoise() {
        Judged whole = initialized(new Judged());
        Judged parts = initialized(new Judged());
        try (TrainingStep one = new TrainingStep(whole, new PathwiseGradient(), new FusedAdam.Settings());
                TrainingStep first = new TrainingStep(parts, new PathwiseGradient(), new FusedAdam.Settings());
                TrainingStep second =
                        new TrainingStep(parts, new PathwiseGradient(), new FusedAdam.Settings()).startingAt(2)) {
            for (TrainingStep step : List.of(one, one, one, first, first)) {
                takeItsNext(step);
            }
            first.state().forEach((name, moment) -> moment.copyTo(second.state().get(name)));
            takeItsNext(second);

            assertThat(second.taken()).isEqualTo(3);
            assertThat(values(parts)).isEqualTo(values(whole));
            assertThatThrownBy(() -> second.startingAt(-1)).hasMessageContaining("0 or more");
        }
    }

    private void takeItsNext(TrainingStep step) {
        try (NDManager batch = manager.newSubManager()) {
            step.on(data(batch), Condition.none(), new Elbo(), RATE);
        }
    }

    private void take(TrainingStep step, long index) {
        try (NDManager batch = manager.newSubManager()) {
            step.on(new TrainingStep.Inputs(
                    data(batch), Condition.none(), new Elbo(), RATE, index, Noise.seeded(3, index, 0)));
        }
    }

    private <M extends LatentModel> M initialized(M model) {
        model.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
        return model;
    }

    private static NDArray data(NDManager batch) {
        return batch.full(new Shape(8, 1), 2f);
    }

    private static float[] values(LatentModel model) {
        float[] values = new float[ModelState.of(model).size()];
        int i = 0;
        for (ModelState.Named named : ModelState.of(model)) {
            values[i++] = named.array().sum().getFloat();
        }
        return values;
    }
}
