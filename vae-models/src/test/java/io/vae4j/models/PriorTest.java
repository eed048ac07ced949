package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Mixture;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.BatchComponents;
import io.vae4j.models.prior.ConditionalPrior;
import io.vae4j.models.prior.MixturePrior;
import io.vae4j.models.prior.PseudoInputs;
import io.vae4j.models.prior.VampPrior;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class PriorTest extends ModelTest {

    private static final double[] LOGITS = {0.3, -1, 0.8};
    private static final double[][] LOC = {{-2, 0.5}, {0, 1}, {1.5, -1}};
    private static final double[][] LOG_SCALE = {{-0.5, 0.2}, {0.1, -1}, {0.3, 0}};

    @Test
    void theMixturesDensityIsTheWeightedSumOfNormalDensities() {
        double[][] points = {{0.3, -0.4}, {-2.5, 1}};
        NDArray z = array(new double[] {0.3, -0.4, -2.5, 1}, new Shape(2, 2));
        double[] expected = {
            Math.log(exactMixture().density(points[0])), Math.log(exactMixture().density(points[1]))
        };

        assertThat(mixture(2).logProb(z).toDoubleArray()).containsExactly(expected, within(1e-12));
        assertThat(mixture(1).logProb(z).toDoubleArray()).containsExactly(expected, within(1e-12));
        assertThat(mixture(1).logProb(z.expandDims(1)).getShape()).isEqualTo(new Shape(2, 1));
    }

    @Test
    void theMixturesSamplesHaveItsMeanAndItsShareOfEachSide() {
        NDArray samples = mixture(1).sample(Noise.seeded(1, 0, 0), 100_000);
        double below = samples.get(":, 0, 0")
                .lt(0)
                .toType(DataType.FLOAT64, true)
                .mean()
                .getDouble();
        double expected = 0;
        for (int c = 0; c < 3; c++) {
            expected += weights()[c]
                    * new NormalDistribution(LOC[c][0], Math.exp(LOG_SCALE[c][0])).cumulativeProbability(0);
        }

        assertThat(below).isCloseTo(expected, within(4 * Math.sqrt(0.25 / 100_000)));
        assertThat(samples.squeeze(1).mean(new int[] {0}).toDoubleArray())
                .containsExactly(mixture(1).mean().toDoubleArray(), within(4 * 2 / Math.sqrt(100_000)));
        assertThat(mixture(2).sample(Noise.seeded(1, 0, 0), 7).getShape()).isEqualTo(new Shape(7, 2, 2));
    }

    @Test
    void theMixturesMeanIsTheWeightedMean() {
        double[] expected = new double[2];
        for (int c = 0; c < 3; c++) {
            expected[0] += weights()[c] * LOC[c][0];
            expected[1] += weights()[c] * LOC[c][1];
        }

        assertThat(mixture(1).mean().toDoubleArray()).containsExactly(expected, within(1e-12));
    }

    @Test
    void aVampPriorIsTheMeanOfTheModelsOwnPosteriors() {
        NDArray examples = array(new double[] {0.2, 0.9, 0.5, 0.7, 0.1, 0.4}, new Shape(2, 3));
        Mlp encoder = mlp();
        Gaussian posterior = new Gaussian(2, Initialization.FAN_IN_UNIFORM);
        VampPrior prior = new VampPrior(encoder, posterior, PseudoInputs.at(examples, Support.UNIT_INTERVAL));
        encoder.initialize(manager, DataType.FLOAT64, new Shape(1, 3));
        posterior.initialize(manager, DataType.FLOAT64, new Shape(1, 4));
        prior.initialize(manager, DataType.FLOAT64, new Shape(1, 2));
        Pass pass = evaluation(Noise.engine());
        NDArray z = array(new double[] {0.3, -0.4}, new Shape(1, 2));
        DiagonalNormal each = posterior.of(pass, encoder.features(pass, examples.expandDims(0), Condition.none()));

        double expected = each.logProb(z).exp().mean().log().getDouble();
        assertThat(prior.given(pass, Condition.none()).logProb(z).getDouble(0, 0))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void aVampPriorGivenAConditionUsesThePosteriorsOfThatCondition() {
        Mlp encoder = mlp();
        Gaussian posterior = new Gaussian(2, Initialization.FAN_IN_UNIFORM);
        NDArray example = array(new double[] {0.2, 0.9, 0.5}, new Shape(1, 3));
        VampPrior prior = new VampPrior(encoder, posterior, PseudoInputs.at(example, Support.REAL));
        encoder.initialize(manager, DataType.FLOAT64, new Shape(1, 3), new Shape(1, 2));
        posterior.initialize(manager, DataType.FLOAT64, new Shape(1, 4));
        prior.initialize(manager, DataType.FLOAT64, new Shape(1, 2), new Shape(1, 2));
        Pass pass = evaluation(Noise.engine());
        Condition both = Condition.given(array(new double[] {1, 0, 0, 1}, new Shape(2, 2)));
        NDArray z = array(new double[] {0.3, -0.4}, new Shape(1, 2));
        DiagonalNormal each = posterior.of(pass, encoder.features(pass, example.expandDims(0), both));

        assertThat(prior.given(pass, both).logProb(z).toDoubleArray())
                .containsExactly(each.logProb(z).toDoubleArray(), within(1e-12));
    }

    @Test
    void pseudoInputsAreTheOnlyParametersOfAVampPrior() {
        Vae model = initialized(Models.vampPrior(), DataType.FLOAT32);

        assertThat(model.getChildren().get("04prior").getParameters().keys()).containsExactly("pseudoInputs");
        List<Parameter> all = model.getParameters().values();
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void pseudoInputsOfPixelsStartAroundTheMeanAndInsideTheRange() {
        NDArray mean = array(new double[] {0, 0.3, 1}, new Shape(3));
        PseudoInputs pseudo = PseudoInputs.around(mean, 0.1, 500, Support.UNIT_INTERVAL);
        NDArray start = pseudo.constrained(pseudo.start().initialize(manager, pseudo.shape(), DataType.FLOAT64));

        assertThat(start.getShape()).isEqualTo(new Shape(500, 3));
        assertThat(start.min().getDouble()).isPositive();
        assertThat(start.max().getDouble()).isLessThan(1);
        assertThat(start.mean(new int[] {0}).toDoubleArray())
                .containsExactly(new double[] {0.02, 0.3, 0.98}, within(0.005));
        assertThat(start.get(":, 1").toDoubleArray()).doesNotHaveDuplicates();
    }

    @Test
    void theConditionalPriorsDivergenceIsClosedAndDependsOnTheCondition() {
        Vae model = Models.conditionalPrior();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, Models.PIXELS), new Shape(1, 2));
        NDArray x = bits(2, DataType.FLOAT64);
        Condition condition = Condition.given(manager.eye(2, 2, 0, DataType.FLOAT64));
        BoundTerms terms = model.boundTerms(evaluation(Noise.seeded(1, 0, 0)), x, condition, 20_000);
        NDArray sampled = terms.layers().get(0).sampledKl();
        double error = sampled.get(":, 0")
                        .sub(sampled.get(":, 0").mean())
                        .square()
                        .mean()
                        .sqrt()
                        .getDouble()
                / Math.sqrt(20_000);

        NDArray closed = terms.layers().get(0).analyticKl().get().orElseThrow();
        assertThat(closed.getDouble(0, 0)).isCloseTo(sampled.get(":, 0").mean().getDouble(), within(4 * error));
        double[] locs = ((ConditionalPrior) model.getChildren().get("04prior"))
                .given(evaluation(Noise.engine()), condition)
                .mean()
                .toDoubleArray();
        assertThat(locs[0]).isNotEqualTo(locs[3]);
    }

    @Test
    void aConditionalPriorWithNoConditionSaysWhatToDo() {
        assertThatThrownBy(() -> initialized(Models.conditionalPrior(), DataType.FLOAT32))
                .hasMessageContaining("p(z|c)")
                .hasMessageContaining("[1, C]");
        Vae model = Models.conditionalPrior();
        model.initialize(manager, DataType.FLOAT32, new Shape(1, Models.PIXELS), new Shape(1, 2));
        assertThatThrownBy(() -> model.generate(evaluation(Noise.engine()), List.of(), 1, Condition.none()))
                .hasMessageContaining("no condition");
    }

    @Test
    void impossibleNumbersAreNamed() {
        assertThatThrownBy(() -> new MixturePrior(2, 0)).hasMessageContaining("0 components");
        assertThatThrownBy(() -> new PseudoInputs(new Shape(3), Support.REAL, (m, s, t) -> m.zeros(s)))
                .hasMessageContaining("(3)");
        NDArray mean = array(new double[] {0.5}, new Shape(1));
        assertThatThrownBy(() -> PseudoInputs.around(mean, 0, 5, Support.REAL)).hasMessageContaining("0.0");
    }

    /** The mixture as it is for no condition, or the same for each of several. */
    private Distribution mixture(int conditions) {
        NDArray logits = array(LOGITS, new Shape(1, 1, 3)).broadcast(new Shape(1, conditions, 3));
        DiagonalNormal flat = new DiagonalNormal(components(LOC, conditions), components(LOG_SCALE, conditions), 1);
        return new Mixture(logits, new BatchComponents(flat, conditions, 3));
    }

    private NDArray components(double[][] values, int conditions) {
        double[] flat = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
        return array(flat, new Shape(1, 3, 2))
                .broadcast(new Shape(conditions, 3, 2))
                .reshape(1, conditions * 3L, 2);
    }

    private static MixtureMultivariateNormalDistribution exactMixture() {
        double[][][] covariances = new double[3][2][2];
        for (int c = 0; c < 3; c++) {
            covariances[c][0][0] = Math.exp(2 * LOG_SCALE[c][0]);
            covariances[c][1][1] = Math.exp(2 * LOG_SCALE[c][1]);
        }
        return new MixtureMultivariateNormalDistribution(weights(), LOC, covariances);
    }

    private static double[] weights() {
        double sum = Arrays.stream(LOGITS).map(Math::exp).sum();
        return Arrays.stream(LOGITS).map(logit -> Math.exp(logit) / sum).toArray();
    }

    private NDArray array(double[] values, Shape shape) {
        try (NDArray made = manager.create(values, shape)) {
            return made.duplicate();
        }
    }

    private static Mlp mlp() {
        return new Mlp(List.of(4), Activation.TANH, Initialization.FAN_IN_UNIFORM);
    }
}
