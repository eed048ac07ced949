package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.Mixture;
import io.vae4j.core.distribution.Support;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.flow.Planar;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.posterior.FlowPosterior;
import io.vae4j.models.prior.ConditionalPrior;
import io.vae4j.models.prior.DensityPrior;
import io.vae4j.models.prior.LearnedNormalPrior;
import io.vae4j.models.prior.MixturePrior;
import io.vae4j.models.prior.PseudoInputs;
import io.vae4j.models.prior.StandardNormalPrior;
import io.vae4j.models.prior.VampPrior;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Priors as blocks: what their parameters mean, what DJL sees of them, and what they refuse. */
class PriorBlockTest extends ModelTest {

    private static final DataType TYPE = DataType.FLOAT64;
    private static final int D = 2;
    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    @Test
    void aMixturePriorsParametersAreItsWeightsCentersAndLogScales() {
        MixturePrior prior = new MixturePrior(D, 2);
        prior.initialize(manager, TYPE, new Shape(1, D));
        double[] logits = set(prior, "logits", 0.5, -0.3);
        double[] loc = set(prior, "loc", 1, -2, 0.4, 3);
        double[] logScale = set(prior, "logScale", 0.2, -0.7, 0.9, 0);
        double[] z = {0.3, -1};
        double expected = 0;
        for (int c = 0; c < 2; c++) {
            double density = Math.exp(logits[c]) / (Math.exp(logits[0]) + Math.exp(logits[1]));
            for (int i = 0; i < D; i++) {
                double scale = Math.exp(10 * Math.tanh(logScale[c * D + i] / 10));
                density *= new NormalDistribution(loc[c * D + i], scale).density(z[i]);
            }
            expected += density;
        }
        NDArray at = array(z, new Shape(1, 1, D));
        Condition three = Condition.given(manager.zeros(new Shape(3, 1), TYPE));

        assertThat(prior.given(evaluation(Noise.engine()), Condition.none())
                        .logProb(at)
                        .getDouble(0, 0))
                .isCloseTo(Math.log(expected), within(1e-12));
        Mixture given = prior.given(evaluation(Noise.engine()), three);
        assertThat(given.shape()).isEqualTo(new Shape(1, 3, D));
        assertThat(given.logProb(at).toDoubleArray())
                .containsExactly(
                        new double[] {Math.log(expected), Math.log(expected), Math.log(expected)}, within(1e-12));
        assertThat(prior.given(evaluation(Noise.seeded(0, 0, 0)), three)
                        .sample(Noise.seeded(0, 0, 0), 4)
                        .getShape())
                .isEqualTo(new Shape(4, 3, D));
    }

    static Stream<DensityPrior> priors() {
        return Stream.of(new StandardNormalPrior(D), new LearnedNormalPrior(D), new MixturePrior(D, 1));
    }

    @ParameterizedTest
    @MethodSource("priors")
    void aPriorsOutputIsTheLogDensityOfEachRow(DensityPrior prior) {
        prior.initialize(manager, TYPE, new Shape(1, D));
        NDArray z = array(new double[] {0.3, -1, 2, 0.1, -0.4, 0.7}, new Shape(3, D));
        NDArray output = prior.forward(store, new NDList(z), false).singletonOrThrow();
        double[] expected = prior.given(evaluation(Noise.engine()), Condition.none())
                .logProb(z.expandDims(0))
                .toDoubleArray();

        assertThat(output.getDataType()).isEqualTo(TYPE);
        assertThat(output.toDoubleArray()).containsExactly(expected, within(1e-12));
        assertThat(prior.getOutputShapes(new Shape[] {z.getShape()})).containsExactly(output.getShape());
    }

    @Test
    void aLearnedNormalHasOneMeanForEachCondition() {
        LearnedNormalPrior prior = new LearnedNormalPrior(D);
        prior.initialize(manager, TYPE, new Shape(1, D));
        set(prior, "loc", 3, -1);
        set(prior, "logScale", 25, 0);
        Condition two = Condition.given(manager.zeros(new Shape(2, 1), TYPE));

        assertThat(prior.given(evaluation(Noise.engine()), two).loc().toDoubleArray())
                .containsExactly(3, -1, 3, -1);
        assertThat(prior.given(evaluation(Noise.engine()), two).logScale().toDoubleArray())
                .containsExactly(new double[] {10 * Math.tanh(2.5), 0, 10 * Math.tanh(2.5), 0}, within(1e-12));
    }

    @Test
    void whatCannotBeAPriorIsRefusedWithTheReason() {
        ConditionalPrior narrow = new ConditionalPrior(mlp(), new Gaussian(D + 1, START));

        assertThatThrownBy(() -> narrow.initialize(manager, TYPE, new Shape(1, D), new Shape(1, 4)))
                .hasMessageContaining("(3)")
                .hasMessageContaining("(2)")
                .hasMessageContaining("expected equal shapes");
        assertThatThrownBy(this::vampOfAPosteriorWithNoInverse).hasMessageContaining("no density at a given z");
        assertThatThrownBy(() -> new MixturePrior(D, 0)).hasMessageContaining("0 components");
        NDArray mean = manager.ones(new Shape(3));
        assertThatThrownBy(() -> PseudoInputs.around(mean, Double.POSITIVE_INFINITY, 2, Support.REAL))
                .hasMessageContaining("Infinity");
        assertThatThrownBy(() -> PseudoInputs.around(mean, 0, 2, Support.REAL)).hasMessageContaining("positive");
        assertThatThrownBy(() -> new PseudoInputs(new Shape(2), Support.REAL, Initializer.ONES))
                .hasMessageContaining("[C, ...X]");
        assertThatThrownBy(() -> new PseudoInputs(new Shape(0, 3), Support.REAL, Initializer.ONES))
                .hasMessageContaining("at least one");
    }

    /** What the model would do first: its encoder and its posterior are initialized by it, and not by the prior. */
    private void vampOfAPosteriorWithNoInverse() {
        Mlp encoder = mlp();
        FlowPosterior posterior = new FlowPosterior(new Gaussian(D, START), List.of(new Planar(D, START)));
        encoder.initialize(manager, TYPE, new Shape(1, 3));
        posterior.initialize(manager, TYPE, new Shape(1, 4));
        VampPrior prior =
                new VampPrior(encoder, posterior, new PseudoInputs(new Shape(2, 3), Support.REAL, Initializer.ONES));
        prior.initialize(manager, TYPE, new Shape(1, D));
        prior.given(evaluation(Noise.engine()), Condition.none());
    }

    @Test
    void theChildrenOfAConditionalPriorAreItsNetworkAndItsFamily() {
        ConditionalPrior prior = new ConditionalPrior(mlp(), new Gaussian(D, START));
        prior.initialize(manager, TYPE, new Shape(1, D), new Shape(1, 4));
        Condition condition = Condition.given(manager.eye(4, 4, 0, TYPE));

        assertThat(prior.getChildren().keys()).containsExactly("01network", "02family");
        assertThat(prior.given(evaluation(Noise.engine()), condition).shape()).isEqualTo(new Shape(1, 4, D));
    }

    private double[] set(DensityPrior prior, String name, double... values) {
        NDArray parameter = prior.getParameters().get(name).getArray();
        assertThat(parameter.size()).isEqualTo(values.length);
        parameter.set(values);
        return values;
    }

    private static Mlp mlp() {
        return new Mlp(List.of(4), Activation.TANH, START);
    }

    private NDArray array(double[] values, Shape shape) {
        try (NDArray made = manager.create(values, shape)) {
            return made.duplicate();
        }
    }
}
