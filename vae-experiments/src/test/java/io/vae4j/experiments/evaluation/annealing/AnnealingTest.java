package io.vae4j.experiments.evaluation.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.experiments.evaluation.Mean;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Annealing from N(0, 1) to the posterior of {@code x ~ N(z, s^2)}, where everything is known. */
class AnnealingTest {

    private static final double SCALE = 0.3;
    private static final double X = 1.4;
    private static final double EVIDENCE = logNormal(X, 0, Math.sqrt(1 + SCALE * SCALE));
    private static final double POSTERIOR_MEAN = X / (1 + SCALE * SCALE);
    private static final double POSTERIOR_SCALE = SCALE / Math.sqrt(1 + SCALE * SCALE);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theWeightsOfForwardChainsHaveTheMarginalLikelihoodAsTheirMean() {
        Walk walk = annealing(12, 2, 1).forwards(manager, 4000, new StepSizes(12, 2));

        for (int example = 0; example < 2; example++) {
            assertThat(walk.standardErrors()[example]).isLessThan(0.05);
            assertThat(walk.logMeans()[example]).isCloseTo(EVIDENCE, within(4 * walk.standardErrors()[example]));
        }
        assertThat(walk.acceptance()).isBetween(0.5, 1.0);
    }

    /** Each exact sample has one chain: the mean of what estimates 1 / p(x) has the error that it shows. */
    @Test
    void theWeightsOfBackwardChainsHaveItsReciprocalAsTheirMean() {
        int examples = 4000;
        Walk walk = annealing(40, examples, 2).backwards(manager, exact(1, examples), 1, new StepSizes(40, examples));
        Mean reciprocal = Mean.of(Arrays.stream(walk.logMeans())
                .map(log -> Math.exp(log + EVIDENCE))
                .toArray());

        assertThat(reciprocal.standardError()).isLessThan(0.05);
        assertThat(reciprocal.value()).isCloseTo(1, within(4 * reciprocal.standardError()));
    }

    @Test
    void forwardChainsBoundTheTruthFromBelowAndBackwardChainsFromAbove() {
        int examples = 400;
        StepSizes sizes = new StepSizes(5, examples);
        double[] lower = annealing(5, examples, 3).forwards(manager, 2, sizes).logMeans();
        double[] upper = annealing(5, examples, 4)
                .backwards(manager, exact(1, examples), 2, sizes)
                .logMeans();
        Mean below = Mean.of(lower);
        Mean above = Mean.of(Arrays.stream(upper).map(log -> -log).toArray());

        assertThat(below.value()).isLessThan(EVIDENCE - 2 * below.standardError());
        assertThat(above.value()).isGreaterThan(EVIDENCE + 2 * above.standardError());
    }

    @Test
    void aTransitionLeavesThePosteriorAsItIs() {
        HamiltonianTransition transition = new HamiltonianTransition(new NormalPath(1), 5);
        NDArray z = exact(20_000, 1);
        // steps so long that a third of them is refused: without the refusals the variance would grow
        NDArray size = HamiltonianTransition.broadcastable(manager, new double[] {0.5}, z);
        double accepted = 0;
        for (int i = 0; i < 5; i++) {
            HamiltonianTransition.Move move =
                    transition.move(manager, transition.look(manager, z, 1), 1, size, Noise.seeded(7, i, 0));
            z = move.z();
            accepted = move.probability().mean().getDouble();
        }
        double[] after = z.toDoubleArray();
        Mean mean = Mean.of(after);
        double scale = mean.standardError() * Math.sqrt(after.length);

        assertThat(accepted).isBetween(0.2, 0.9);
        assertThat(mean.value()).isCloseTo(POSTERIOR_MEAN, within(4 * mean.standardError()));
        assertThat(scale / POSTERIOR_SCALE).isCloseTo(1, within(4 / Math.sqrt(2.0 * after.length)));
    }

    @Test
    void stepSizesAreLearnedToBeAcceptedTwoTimesOfThree() {
        int temperatures = 200;
        Annealing annealing = annealing(temperatures, 3, 5);
        StepSizes sizes = annealing.pilot(manager, 20, 3);
        double acceptance = annealing.forwards(manager, 50, sizes).acceptance();

        assertThat(acceptance).isCloseTo(0.65, within(0.15));
        assertThat(sizes.at(temperatures - 1)[0]).isLessThan(sizes.at(20)[0]);
    }

    @Test
    void betasRiseFromZeroToOne() {
        double[] betas = Annealing.betas(7);

        assertThat(betas).hasSize(8).startsWith(0).endsWith(1).isSorted();
        assertThat(betas[3] + betas[4]).isCloseTo(1, within(1e-12));
    }

    private static Annealing annealing(int temperatures, long examples, long seed) {
        return new Annealing(
                new HamiltonianTransition(new NormalPath(examples), 3), temperatures, t -> Noise.seeded(seed, t, 0));
    }

    private NDArray exact(long chains, long examples) {
        NDArray like = manager.zeros(new Shape(1), DataType.FLOAT64);
        NDArray noise = Noise.seeded(11, 0, 1).normal(new Shape(chains, examples, 1), like);
        return Ops.shift(Ops.scale(noise, POSTERIOR_SCALE), POSTERIOR_MEAN);
    }

    private static double logNormal(double x, double mean, double scale) {
        double eps = (x - mean) / scale;
        return -0.5 * eps * eps - Math.log(scale) - 0.5 * Math.log(2 * Math.PI);
    }

    private record NormalPath(long examples) implements AnnealingPath {

        @Override
        public NDArray start(NDManager owner, Noise noise, long chains) {
            return noise.normal(new Shape(chains, examples, 1), owner.zeros(new Shape(1), DataType.FLOAT64));
        }

        @Override
        public Densities at(NDManager owner, NDArray z) {
            return new Densities(logNormal(z, 1), logNormal(Ops.shift(z, -X), SCALE));
        }

        private static NDArray logNormal(NDArray distance, double scale) {
            NDArray square = Ops.scale(distance.square(), -0.5 / (scale * scale));
            return Ops.shift(square, -Math.log(scale) - 0.5 * Math.log(2 * Math.PI))
                    .squeeze(2);
        }
    }
}
