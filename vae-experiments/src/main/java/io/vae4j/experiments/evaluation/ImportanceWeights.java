package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Ops;
import java.util.Arrays;

/**
 * The importance weights of some images, gathered in portions of any size: only sums are kept, so that memory does not
 * grow with the number of draws.
 */
final class ImportanceWeights {

    private final double[] logSum;
    private final double[] logSumOfSquares;
    private final double[] sumOfLogs;
    private long draws;

    ImportanceWeights(int images) {
        logSum = new double[images];
        logSumOfSquares = new double[images];
        sumOfLogs = new double[images];
        Arrays.fill(logSum, Double.NEGATIVE_INFINITY);
        Arrays.fill(logSumOfSquares, Double.NEGATIVE_INFINITY);
    }

    /**
     * Adds draws; this waits for the device.
     *
     * @param logWeight [K, B], nats, B the number of images
     */
    void add(NDArray logWeight) {
        draws += logWeight.getShape().get(0);
        try (NDArray wide = logWeight.toType(DataType.FLOAT64, true);
                NDArray twice = Ops.scale(wide, 2)) {
            accumulate(logSum, Ops.logSumExp(wide, 0));
            accumulate(logSumOfSquares, Ops.logSumExp(twice, 0));
            double[] sums = wide.sum(new int[] {0}).toDoubleArray();
            for (int i = 0; i < sums.length; i++) {
                sumOfLogs[i] += sums[i];
            }
        }
    }

    /** log (1/K) sum_k w_k of each image, nats. */
    double[] logMean() {
        return Arrays.stream(logSum).map(sum -> sum - Math.log((double) draws)).toArray();
    }

    /** (1/K) sum_k log w_k of each image, nats: the ELBO. */
    double[] meanLog() {
        return Arrays.stream(sumOfLogs).map(sum -> sum / draws).toArray();
    }

    /** The effective sample size of each image, (sum w)^2 / sum w^2, from 1 to K. */
    double[] effectiveSampleSize() {
        double[] sizes = new double[logSum.length];
        Arrays.setAll(sizes, i -> Math.exp(2 * logSum[i] - logSumOfSquares[i]));
        return sizes;
    }

    private static void accumulate(double[] into, NDArray logs) {
        double[] more = logs.toDoubleArray();
        for (int i = 0; i < more.length; i++) {
            double larger = Math.max(into[i], more[i]);
            into[i] = larger == Double.NEGATIVE_INFINITY
                    ? larger
                    : larger + Math.log(Math.exp(into[i] - larger) + Math.exp(more[i] - larger));
        }
    }
}
