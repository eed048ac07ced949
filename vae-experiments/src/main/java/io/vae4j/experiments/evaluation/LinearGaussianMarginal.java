package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.experiments.training.TrainedModel;
import java.util.List;

/**
 * The exact {@code log p(x) = log N(x; b, W W^T + diag(s^2))} of a trained linear-Gaussian model, nats. Tipping and
 * Bishop 1999, eq. 6, https://www.robots.ox.ac.uk/~cvrg/hilary2006/ppca.pdf
 *
 * <p>With {@code V = diag(1/s) W} and {@code r = (x - b) / s}, only {@code M = I + V^T V} of the latents' size is
 * factorized: {@code log|WW^T + diag(s^2)| = log|M| + sum log s^2}, and the quadratic form is {@code r^T r - u^T u},
 * {@code u = chol(M)^-1 V^T r} (the Woodbury identity).
 */
public final class LinearGaussianMarginal {

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final double[] bias;
    private final double[] scale;
    private final double[][] whitened;
    private final double[][] factor;
    private final double logDeterminant;

    private LinearGaussianMarginal(double[] bias, double[] scale, double[][] columns) {
        this.bias = bias;
        this.scale = scale;
        whitened = new double[columns.length][];
        for (int d = 0; d < columns.length; d++) {
            double[] column = columns[d];
            whitened[d] = new double[column.length];
            for (int i = 0; i < column.length; i++) {
                whitened[d][i] = column[i] / scale[i];
            }
        }
        factor = cholesky(whitened);
        double sum = 0;
        for (int d = 0; d < factor.length; d++) {
            sum += Math.log(factor[d][d]);
        }
        for (double s : scale) {
            sum += Math.log(s);
        }
        logDeterminant = 2 * sum;
    }

    /**
     * Reads b, W and s off the decoder, by what it makes of the origin and of the unit vectors.
     *
     * @param latent the number of latent dimensions of a linear-Gaussian model
     */
    public static LinearGaussianMarginal of(TrainedModel trained, int latent) {
        return WithoutGradient.compute(() -> {
            try (NDManager scratch = trained.newManager()) {
                NDArray units = scratch.eye(latent, latent, 0, DataType.FLOAT32).expandDims(1);
                DiagonalNormal origin = decoded(trained, Ops.scale(units.get("0:1"), 0));
                NDArray columns = decoded(trained, units).loc().sub(origin.loc());
                double[][] each = new double[latent][];
                for (int d = 0; d < latent; d++) {
                    each[d] = doubles(columns.get(d));
                }
                return new LinearGaussianMarginal(
                        doubles(origin.loc()), doubles(origin.logScale().exp()), each);
            }
        });
    }

    /** @param z [n, 1, D] */
    private static DiagonalNormal decoded(TrainedModel trained, NDArray z) {
        Pass pass = trained.sampling(z.getManager(), 0, 0);
        long count = z.getShape().get(0);
        return (DiagonalNormal) trained.model().generate(pass, List.of(z), count, Condition.none());
    }

    private static double[] doubles(NDArray values) {
        return values.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    /** log p(x), nats. */
    public double logDensity(double[] x) {
        double[] r = new double[x.length];
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            r[i] = (x[i] - bias[i]) / scale[i];
            squares += r[i] * r[i];
        }
        double[] u = new double[factor.length];
        for (int d = 0; d < u.length; d++) {
            double rest = dot(whitened[d], r);
            for (int e = 0; e < d; e++) {
                rest -= factor[d][e] * u[e];
            }
            u[d] = rest / factor[d][d];
            squares -= u[d] * u[d];
        }
        return -0.5 * (squares + logDeterminant + x.length * LOG_TWO_PI);
    }

    /** The lower factor of {@code I + V^T V}, for the columns of V. */
    private static double[][] cholesky(double[][] columns) {
        double[][] lower = new double[columns.length][columns.length];
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = dot(columns[i], columns[j]) + (i == j ? 1 : 0);
                for (int e = 0; e < j; e++) {
                    rest -= lower[i][e] * lower[j][e];
                }
                lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
            }
        }
        return lower;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
