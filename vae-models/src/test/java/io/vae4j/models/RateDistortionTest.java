package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.constrained.ConstrainedProblem;
import io.vae4j.core.constrained.DualAscent;
import io.vae4j.core.constrained.DualAscent.Update;
import io.vae4j.core.constrained.KlAtMost;
import io.vae4j.core.constrained.Lagrangian;
import io.vae4j.core.constrained.ReconstructionAtMost;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.network.Initialization;
import java.util.Arrays;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.junit.jupiter.api.Test;

/**
 * Constrained problems on the linear-Gaussian model with a fixed sigma, whose solution is Shannon's: where the prior is
 * the aggregate posterior, the KL is the rate, and the least squared error for a rate R is got by reverse water-filling
 * over the variances of the data, {@code D = sum_j min(theta, v_j)} with {@code R = sum_j max(0, log(v_j / theta) /
 * 2)}. Cover and Thomas 2006, theorem 10.3.3.
 */
class RateDistortionTest {

    private static final double[] VARIANCES = {4, 1, 0.25};
    private static final double SIGMA = 1.2;
    private static final double DELTA = 1;
    private static final int STEPS = 1600;
    private static final int LAST = 400;
    private static final int SAMPLES = 8;

    @Test
    void theKlEndsAtItsLimitAndTheMultiplierIsWhatANatMoreWouldSave() {
        Solution found = solve(new KlAtMost(DELTA, SAMPLES), new DualAscent(Update.PROJECTED, 0.01, 0, 100, 0));
        double step = 1e-4;
        double slope = (leastReconstruction(DELTA + step) - leastReconstruction(DELTA - step)) / (2 * step);

        assertThat(found.kl()).isCloseTo(DELTA, within(0.02));
        assertThat(found.reconstruction()).isCloseTo(leastReconstruction(DELTA), within(0.03));
        assertThat(found.multiplier()).isCloseTo(-slope, within(0.03));
    }

    /** The same curve, looked at from its other side. */
    @Test
    void theReconstructionEndsAtItsLimitAndTheMultiplierIsTheReciprocal() {
        Solution found = solve(
                new ReconstructionAtMost(leastReconstruction(DELTA), SAMPLES),
                new DualAscent(Update.EXPONENTIATED, 0.01, 1, 100, 0.9));
        double step = 1e-4;
        double slope = (leastReconstruction(DELTA + step) - leastReconstruction(DELTA - step)) / (2 * step);

        assertThat(found.reconstruction()).isCloseTo(leastReconstruction(DELTA), within(0.03));
        assertThat(found.kl()).isCloseTo(DELTA, within(0.03));
        assertThat(found.multiplier()).isCloseTo(-1 / slope, within(0.1));
    }

    @Test
    void aConstraintThatDoesNotBindCostsNothing() {
        Solution found = solve(
                new ReconstructionAtMost(leastReconstruction(0) + 1, SAMPLES),
                new DualAscent(Update.PROJECTED, 0.01, 0.1, 100, 0));

        assertThat(found.multiplier()).isZero();
        assertThat(found.kl()).isCloseTo(0, within(0.01));
    }

    /** Means over the last steps. */
    private record Solution(double reconstruction, double kl, double multiplier) {}

    private static Solution solve(ConstrainedProblem problem, DualAscent ascent) {
        Engine.getInstance().setRandomSeed(3);
        Vae model = new LinearGaussian(
                        new Shape(VARIANCES.length), 3, new GlobalScale.Fixed(SIGMA), Initialization.FAN_IN_UNIFORM)
                .withAffinePosterior();
        Lagrangian objective = new Lagrangian(problem, ascent);
        try (NDManager manager = NDManager.newBaseManager()) {
            model.initialize(manager, DataType.FLOAT64, new Shape(1, VARIANCES.length));
            try (TrainingStep step =
                    new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings(), objective)) {
                return train(manager, step, objective);
            }
        }
    }

    private static Solution train(NDManager manager, TrainingStep step, Lagrangian objective) {
        double[] sums = new double[3];
        for (int i = 0; i < STEPS; i++) {
            try (NDManager batch = manager.newSubManager()) {
                double rate = i < STEPS / 2 ? 0.02 : 0.004;
                Estimate estimate = step.on(data(batch), Condition.none(), objective, rate);
                if (i >= STEPS - LAST) {
                    sums[0] += estimate.terms().reconstruction().mean().getDouble() / LAST;
                    sums[1] += estimate.terms().kl().mean().getDouble() / LAST;
                    sums[2] += objective.multiplier().value() / LAST;
                }
            }
        }
        return new Solution(sums[0], sums[1], sums[2]);
    }

    /** The corners of a box, whose covariance is the given one exactly. */
    private static NDArray data(NDManager batch) {
        double[] corners = new double[8 * 3];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = Math.sqrt(VARIANCES[i % 3]) * (((i / 3) >> (i % 3)) % 2 == 0 ? 1 : -1);
        }
        try (NDArray made = batch.create(corners, new Shape(8, 3))) {
            return made.repeat(0, 4);
        }
    }

    /** The least -E log p(x|z) for a rate, nats. */
    private static double leastReconstruction(double rate) {
        double level = rate == 0
                ? Double.POSITIVE_INFINITY
                : new BrentSolver(1e-14).solve(1000, theta -> rate(theta) - rate, 1e-9, 4);
        double distortion =
                Arrays.stream(VARIANCES).map(v -> Math.min(level, v)).sum();
        double square = SIGMA * SIGMA;
        return distortion / (2 * square) + VARIANCES.length * 0.5 * Math.log(2 * Math.PI * square);
    }

    private static double rate(double level) {
        return Arrays.stream(VARIANCES)
                .map(v -> Math.max(0, Math.log(v / level) / 2))
                .sum();
    }
}
