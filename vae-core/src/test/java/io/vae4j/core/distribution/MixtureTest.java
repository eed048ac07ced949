package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class MixtureTest extends EngineTest {

    private static final double[] LOC = {-3, 3, 10, 20};
    private static final double[] WEIGHT = {0.25, 0.75};

    @Test
    void weightsSharedByAllExamplesMixTheComponentsOfEach() {
        double[] at = {-2.5, 18};
        for (int example = 0; example < 2; example++) {
            double density = 0;
            for (int component = 0; component < 2; component++) {
                density += WEIGHT[component]
                        * new NormalDistribution(LOC[2 * example + component], 1).density(at[example]);
            }
            assertThat(mixture().logProb(array(at).reshape(2, 1)).getDouble(0, example))
                    .isCloseTo(Math.log(density), within(1e-10));
        }
    }

    @Test
    void drawsOfEachExampleComeFromItsOwnComponentsInTheSharedProportions() {
        int count = 20_000;
        NDArray samples = mixture().sample(Noise.seeded(0, 0, 0), count);

        assertThat(samples.getShape()).isEqualTo(new Shape(count, 2, 1));
        assertThat(mixture().mean().toDoubleArray()).containsExactly(new double[] {1.5, 17.5}, within(1e-12));
        double spread = Math.sqrt(WEIGHT[0] * WEIGHT[1]);
        assertThat(samples.get(":, 0").mean().getDouble())
                .isCloseTo(1.5, within(4 * Math.hypot(1, 6 * spread) / Math.sqrt(count)));
        assertThat(samples.get(":, 1").mean().getDouble())
                .isCloseTo(17.5, within(4 * Math.hypot(1, 10 * spread) / Math.sqrt(count)));
    }

    @Test
    void examplesThatShareTheirWeightsChooseTheirComponentsIndependently() {
        int count = 20_000;
        NDArray samples = mixture().sample(Noise.seeded(1, 0, 0), count);
        NDArray right = samples.gt(array(0, 15).reshape(2, 1)).toType(DataType.FLOAT64, false);
        double both = right.get(":, 0").mul(right.get(":, 1")).mean().getDouble();

        // a sample about -3 passes 0 once in 740 times
        double independent = WEIGHT[1] * WEIGHT[1];
        assertThat(both).isCloseTo(independent, within(0.001 + 4 * Math.sqrt(independent * (1 - independent) / count)));
    }

    /** Below zero every component is impossible; above, one is. */
    @Test
    void whereNoComponentIsPossibleTheMixtureIsImpossibleWithAGradientOfZero() {
        NDArray logits = array(0.3, -0.2).reshape(1, 1, 2);
        NDArray value = array(-2, 3).reshape(1, 2, 1);
        logits.setRequiresGradient(true);
        value.setRequiresGradient(true);
        NDArray logProb;
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            logProb = new Mixture(logits, new OneSided(array(1, -1).reshape(1, 1, 2, 1))).logProb(value);
            tape.backward(logProb.sum());
        }
        double weight = Math.exp(0.3) / (Math.exp(0.3) + Math.exp(-0.2));

        assertThat(logProb.toDoubleArray()[0]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(logProb.toDoubleArray()[1]).isCloseTo(Math.log(weight) - 9, within(1e-12));
        assertThat(value.getGradient().toDoubleArray()).containsExactly(new double[] {0, -6}, within(1e-12));
        assertThat(logits.getGradient().toDoubleArray())
                .containsExactly(new double[] {1 - weight, weight - 1}, within(1e-12));
    }

    /** {@code -x^2} above zero where the sign is positive, and impossible elsewhere. */
    private record OneSided(NDArray sign) implements Distribution {

        @Override
        public int eventRank() {
            return 1;
        }

        @Override
        public Support support() {
            return Support.REAL;
        }

        @Override
        public NDArray logProb(NDArray value) {
            NDArray inside = value.gt(0).logicalAnd(sign.gt(0));
            NDArray square = value.add(sign.zerosLike()).square().neg();
            NDArray outside = Ops.full(square, square.getShape(), Double.NEGATIVE_INFINITY);
            return NDArrays.where(inside, square, outside).sum(new int[] {-1});
        }

        @Override
        public NDArray sample(Noise noise, long samples) {
            return sign;
        }

        @Override
        public NDArray mean() {
            return sign;
        }

        @Override
        public Optional<NDArray> kl(Distribution other) {
            return Optional.empty();
        }
    }

    /** Logits [1, 1, 2] and components [1, 2, 2, 1]: two examples, each with two components of its own. */
    private Mixture mixture() {
        NDArray logits = array(Math.log(WEIGHT[0]), Math.log(WEIGHT[1])).reshape(1, 1, 2);
        NDArray loc = array(LOC).reshape(1, 2, 2, 1);
        return new Mixture(logits, new DiagonalNormal(loc, loc.zerosLike(), 1));
    }
}
