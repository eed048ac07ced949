package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.torch.TorchFunction;
import java.util.Arrays;

/**
 * The importance weights of some examples, gathered in portions of any size: only sums are kept, so that memory does
 * not grow with the number of samples.
 */
final class ImportanceWeights {

    /** log sum w, log sum w^2 and sum log w over the samples, [3, B]: together, since each look from the host waits. */
    private static final TorchFunction SUMS = TorchFunction.of(
            "w", "torch.stack([torch.logsumexp(w, [0]), torch.logsumexp(torch.mul(w, 2.), [0]), torch.sum(w, [0])])");

    private final double[] logSum;
    private final double[] logSumOfSquares;
    private final double[] sumOfLogs;
    private long samples;

    ImportanceWeights(int examples) {
        logSum = new double[examples];
        logSumOfSquares = new double[examples];
        sumOfLogs = new double[examples];
        Arrays.fill(logSum, Double.NEGATIVE_INFINITY);
        Arrays.fill(logSumOfSquares, Double.NEGATIVE_INFINITY);
    }

    /**
     * Adds samples; this waits for the device.
     *
     * @param logWeight [K, B], nats, B the number of examples
     */
    void add(NDArray logWeight) {
        samples += logWeight.getShape().get(0);
        double[] sums;
        try (NDArray wide = logWeight.toType(DataType.FLOAT64, true);
                NDArray all = SUMS.apply(wide)) {
            sums = all.toDoubleArray();
        }
        int examples = logSum.length;
        for (int i = 0; i < examples; i++) {
            logSum[i] = logAdded(logSum[i], sums[i]);
            logSumOfSquares[i] = logAdded(logSumOfSquares[i], sums[examples + i]);
            sumOfLogs[i] += sums[2 * examples + i];
        }
    }

    /** log (1/K) sum_k w_k of each example, nats. */
    double[] logMean() {
        return Arrays.stream(logSum)
                .map(sum -> sum - Math.log((double) samples))
                .toArray();
    }

    /** (1/K) sum_k log w_k of each example, nats: the ELBO. */
    double[] meanLog() {
        return Arrays.stream(sumOfLogs).map(sum -> sum / samples).toArray();
    }

    /** The effective sample size of each example, (sum w)^2 / sum w^2, from 1 to K. */
    double[] effectiveSampleSize() {
        double[] sizes = new double[logSum.length];
        Arrays.setAll(sizes, i -> Math.exp(2 * logSum[i] - logSumOfSquares[i]));
        return sizes;
    }

    /** log(e^a + e^b), also where both are no weight at all. */
    private static double logAdded(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY
                ? larger
                : larger + Math.log(Math.exp(a - larger) + Math.exp(b - larger));
    }
}
