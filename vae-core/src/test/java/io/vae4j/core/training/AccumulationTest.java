package io.vae4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.objective.BetaTcVae;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.LinearGaussianLine;
import io.vae4j.core.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that is passed in parts is the batch: the same noise, the same loss, the same step up to rounding. */
class AccumulationTest extends EngineTest {

    private static final int EXAMPLES = 7;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 50})
    void partsOfAnySizeAddUpToTheStepOfTheWholeBatch(int parts) {
        assertThat(trained(new Elbo(), new PathwiseGradient(), parts))
                .isEqualTo(trained(new Elbo(), new PathwiseGradient(), 1));
    }

    @Test
    void importanceWeightedBoundsAndTheirEstimatorsAddUpToo() {
        assertThat(trained(new Iwae(5), new DoublyReparameterized(), 3))
                .isEqualTo(trained(new Iwae(5), new DoublyReparameterized(), 1));
    }

    /** The weights after some steps and each step's loss, as far as rounding lets them agree. */
    private List<Long> trained(Objective objective, GradientEstimator estimator, int parts) {
        LinearGaussianLine model = model();
        List<Long> figures = new ArrayList<>();
        try (TrainingStep step = new TrainingStep(model, estimator, new FusedAdam.Settings()).accumulating(parts)) {
            for (int i = 0; i < 5; i++) {
                try (NDManager batch = manager.newSubManager()) {
                    Estimate estimate = step.on(data(batch), Condition.none(), objective, 0.1);
                    assertThat(estimate.loss().getShape()).isEqualTo(new Shape(EXAMPLES));
                    figures.add(rounded(estimate.loss().mean().getDouble()));
                }
            }
        }
        ModelState.tensors(model)
                .values()
                .forEach(array -> figures.add(rounded(array.sum().getDouble())));
        return figures;
    }

    private static long rounded(double value) {
        return Math.round(value * 1e9);
    }

    /** Adam's first moment is (1 - beta1) times the first gradient. */
    @Test
    void anObserverSeesEachPartAndTheGradientOfTheWhole() {
        List<Long> sizes = new ArrayList<>();
        Map<String, Double> shown = new TreeMap<>();
        Map<String, Double> moments = new TreeMap<>();
        try (TrainingStep step =
                        new TrainingStep(model(), new PathwiseGradient(), new FusedAdam.Settings()).accumulating(3);
                NDManager batch = manager.newSubManager()) {
            TrainingStep.Inputs inputs =
                    new TrainingStep.Inputs(data(batch), Condition.none(), new Elbo(), 0.1, 0, Noise.seeded(0, 0, 0));
            step.on(
                    inputs,
                    estimate -> sizes.add(estimate.loss().size()),
                    gradients -> gradients.forEach(
                            (name, gradient) -> shown.put(name, gradient.sum().getDouble())));
            step.state()
                    .forEach((name, moment) -> moments.put(name, moment.sum().getDouble()));
        }

        assertThat(sizes).containsExactly(3L, 3L, 1L);
        assertThat(shown)
                .isNotEmpty()
                .allSatisfy((name, gradient) ->
                        assertThat(moments.get(name + ".exp_avg")).isCloseTo(0.1 * gradient, within(1e-12)));
    }

    @Test
    void whatMustSeeTheWholeBatchIsRefusedWithTheReason() {
        LinearGaussianLine model = model();
        try (TrainingStep step =
                        new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings()).accumulating(2);
                NDManager batch = manager.newSubManager()) {
            assertThatThrownBy(() -> step.on(data(batch), Condition.none(), new BetaTcVae(4, 100), 0.1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("BetaTcVae")
                    .hasMessageContaining("depends on all others of its batch");
            assertThatThrownBy(() -> step.accumulating(0)).hasMessageContaining("1 or more");
        }
    }

    private LinearGaussianLine model() {
        LinearGaussianLine model = new LinearGaussianLine();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1));
        return model;
    }

    private static NDArray data(NDManager batch) {
        try (NDArray made = batch.arange(0f, EXAMPLES, 1f, DataType.FLOAT64)) {
            return made.reshape(EXAMPLES, 1);
        }
    }
}
