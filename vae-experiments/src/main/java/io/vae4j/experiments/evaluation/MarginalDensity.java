package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.experiments.training.TrainedModel;
import java.util.List;

/**
 * Estimates p(x) at any point of the data space, also where no data are. There the encoder has never been and its
 * q(z|x) may miss p(z|x), so that half of the samples come from the prior: {@code p(x) ~ 1/2 (1/K) sum_i p(x,z_i) /
 * q(z_i|x) + 1/2 (1/K) sum_j p(x|z_j)} with {@code z_i ~ q(z|x)} and {@code z_j ~ p(z)}, a mean of two unbiased
 * estimates. Where one of them misses p(z|x), log p(x) comes out log 2 lower than by the other alone, and no more.
 */
public final class MarginalDensity {

    private static final int POINTS = 100;

    private final TrainedModel trained;
    private final int samples;
    private final long seed;

    /** @param samples K of each kind */
    public MarginalDensity(TrainedModel trained, int samples, long seed) {
        this.trained = trained;
        this.samples = samples;
        this.seed = seed;
    }

    /**
     * log p(x) of points, nats.
     *
     * @param points [N][D], vectors
     */
    public double[] log(double[][] points) {
        double[] logs = new double[points.length];
        WithoutGradient.run(() -> {
            for (int from = 0; from < points.length; from += POINTS) {
                fill(logs, points, from);
            }
        });
        return logs;
    }

    private void fill(double[] logs, double[][] points, int from) {
        int count = Math.min(POINTS, points.length - from);
        try (NDManager scratch = trained.newManager()) {
            float[] flat = new float[count * points[0].length];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = (float) points[from + i / points[0].length][i % points[0].length];
            }
            NDArray x = scratch.create(flat, new Shape(count, points[0].length));
            NDArray byPosterior = trained.score(x, Condition.none(), samples, seed);
            NDArray both = Ops.logMeanExp(NDArrays.stack(new NDList(byPosterior, byPrior(scratch, x))), 0);
            double[] values = both.toType(DataType.FLOAT64, false).toDoubleArray();
            System.arraycopy(values, 0, logs, from, count);
        }
    }

    /** The same latents for all points, so that the estimate is a smooth function of x, [N]. */
    private NDArray byPrior(NDManager scratch, NDArray x) {
        Distribution likelihood =
                trained.model().generate(trained.sampling(scratch, seed, 0), List.of(), samples, Condition.none());
        return Ops.logMeanExp(likelihood.logProb(x), 0);
    }
}
