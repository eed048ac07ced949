package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Inference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A prior over two positions of three codes each, given two features of each position: all nine grids are counted. */
class ConditionalCodesTest extends QuantizedTest {

    private static final int CODES = 3;

    private ConditionalCodes prior;
    private NDArray features;

    @BeforeEach
    void make() {
        Codebook codebook = codebook(CODES, 2, BY_AVERAGE);
        codebook.initialize(manager, DataType.FLOAT64, new Shape(1, 2));
        prior = new ConditionalCodes(codebook, transformer(CODES), START);
        prior.initialize(manager, DataType.FLOAT64, new Shape(1, 2, 2, 1));
        features = array(new Shape(1, 1, 2, 2, 1), 3, -2, 1, 4);
    }

    @Test
    void theProbabilitiesOfAllGridsSumToOne() {
        double total = 0;
        for (double[] given : probabilities(features)) {
            for (double probability : given) {
                total += probability;
            }
        }

        assertThat(total).isCloseTo(1, within(1e-12));
    }

    @Test
    void aCodeDependsOnTheFeaturesOfItsOwnPositionAndThoseBeforeIt() {
        double[] before = first(probabilities(features));
        double[] later = first(probabilities(array(new Shape(1, 1, 2, 2, 1), 3, 20, 1, -40)));
        double[] own = first(probabilities(array(new Shape(1, 1, 2, 2, 1), -3, -2, 5, 4)));

        assertThat(later).containsExactly(before, within(1e-12));
        assertThat(Math.abs(own[0] - before[0])).isGreaterThan(1e-3);
    }

    /** Of the layer as a model sees it; the sum that stands beside it has the gradient 1. */
    @Test
    void noGradientReachesTheFeatures() {
        VectorQuantizer quantizer = identity(
                codebook(CODES, 2, BY_AVERAGE),
                manager.randomNormal(0, 1, new Shape(CODES, 2), DataType.FLOAT64),
                0.25,
                QuantizationGradient.STRAIGHT_THROUGH);
        NDArray slope = gradient(features, x -> {
            Pass pass = training(0);
            ApproximatePosterior q = quantizer.infer(pass, features.stopGradient(), Condition.none());
            Inference inference = Inference.of(pass, q, () -> q, 1);
            NDArray logPrior =
                    prior.given(pass, x).explain(inference).logPrior().get();
            return logPrior.sum().add(x.sum());
        });

        assertThat(slope.toDoubleArray()).containsOnly(1);
    }

    @Test
    void samplesHaveTheirProbabilities() {
        int samples = 4000;
        NDArray many = features.broadcast(new Shape(samples, 1, 2, 2, 1));
        NDArray drawn =
                prior.given(evaluation(7), many).sample(evaluation(7)).codes().orElseThrow();
        long[] indices = drawn.toLongArray();
        double[][] expected = probabilities(features);

        assertThat(drawn.getShape()).isEqualTo(new Shape(samples, 1, 2, 1));
        for (int one = 0; one < CODES; one++) {
            for (int two = 0; two < CODES; two++) {
                int seen = 0;
                for (int i = 0; i < samples; i++) {
                    seen += indices[2 * i] == one && indices[2 * i + 1] == two ? 1 : 0;
                }
                double p = expected[one][two];
                double error = Math.sqrt(p * (1 - p) / samples);
                assertThat(seen / (double) samples).isCloseTo(p, within(4 * error));
            }
        }
    }

    @Test
    void aTransformerOverOtherCodesIsRefused() {
        assertThatThrownBy(() -> new ConditionalCodes(codebook(4, 2, BY_AVERAGE), transformer(3), START))
                .hasMessageContaining("over 3 codes")
                .hasMessageContaining("has 4");
    }

    private double[][] probabilities(NDArray given) {
        double[][] probabilities = new double[CODES][CODES];
        for (int one = 0; one < CODES; one++) {
            for (int two = 0; two < CODES; two++) {
                NDArray grid = codes(new Shape(1, 1, 2, 1), one, two);
                probabilities[one][two] =
                        Math.exp(prior.logProb(evaluation(0), grid, given).getDouble(0, 0));
            }
        }
        return probabilities;
    }

    /** p(k_1), the sum over k_2. */
    private static double[] first(double[][] probabilities) {
        double[] marginal = new double[CODES];
        for (int one = 0; one < CODES; one++) {
            for (double probability : probabilities[one]) {
                marginal[one] += probability;
            }
        }
        return marginal;
    }

    private static AutoregressiveTransformer transformer(long count) {
        return new AutoregressiveTransformer(count, new AutoregressiveTransformer.Size(8, 2, 1), START);
    }
}
