package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.torch.TorchFunction;
import java.util.Arrays;

/**
 * The importance weights of some examples, gathered in portions of any size: only sums are kept, so that memory does
 * not grow with the number of samples.
 */
public final class ImportanceWeights {

    /**
     * log sum w, log sum w^2, sum log w and sum (log w)^2 over the samples, [4, B]: together, since each look from the
     * host waits.
     */
    private static final TorchFunction SUMS = TorchFunction.of(
            "w",
            "torch.stack([torch.logsumexp(w, [0]), torch.logsumexp(torch.mul(w, 2.), [0]), torch.sum(w, [0]),"
                    + " torch.sum(torch.mul(w, w), [0])])");

    private final double[] logSum;
    private final double[] logSumOfSquares;
    private final double[] sumOfLogs;
    private final double[] sumOfSquaredLogs;
    private long samples;

    /** @param examples B, how many there are */
    public ImportanceWeights(int examples) {
        logSum = new double[examples];
        logSumOfSquares = new double[examples];
        sumOfLogs = new double[examples];
        sumOfSquaredLogs = new double[examples];
        Arrays.fill(logSum, Double.NEGATIVE_INFINITY);
        Arrays.fill(logSumOfSquares, Double.NEGATIVE_INFINITY);
    }

    /**
     * Adds samples; this waits for the device.
     *
     * @param logWeight [K, B], nats, B the number of examples
     */
    public void add(NDArray logWeight) {
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
            sumOfSquaredLogs[i] += sums[3 * examples + i];
        }
    }

    /** log (1/K) sum_k w_k of each example, nats. */
    public double[] logMean() {
        return Arrays.stream(logSum)
                .map(sum -> sum - Math.log((double) samples))
                .toArray();
    }

    /** (1/K) sum_k log w_k of each example, nats: the ELBO. */
    public double[] meanLog() {
        return Arrays.stream(sumOfLogs).map(sum -> sum / samples).toArray();
    }

    /** The effective sample size of each example, (sum w)^2 / sum w^2, from 1 to K. */
    public double[] effectiveSampleSize() {
        double[] sizes = new double[logSum.length];
        Arrays.setAll(sizes, i -> Math.exp(2 * logSum[i] - logSumOfSquares[i]));
        return sizes;
    }

    /**
     * The standard error of {@link #logMean} by the delta method, {@code sd(w) / (sqrt(K) mean(w))}, which is
     * {@code sqrt((K / ESS - 1) / (K - 1))}, nats; NaN for one sample, which says nothing of it. It leaves out that the
     * logarithm of a mean is too low, by about half its square. Owen 2013, chapter 9, https://artowen.su.domains/mc/
     */
    public double[] standardErrorOfLogMean() {
        double[] size = effectiveSampleSize();
        double[] errors = new double[size.length];
        Arrays.setAll(
                errors, i -> samples < 2 ? Double.NaN : Math.sqrt(Math.max(0, samples / size[i] - 1) / (samples - 1)));
        return errors;
    }

    /** The standard error of {@link #meanLog}, {@code sd(log w) / sqrt(K)}, nats; NaN for one sample. */
    public double[] standardErrorOfMeanLog() {
        double[] mean = meanLog();
        double[] errors = new double[mean.length];
        Arrays.setAll(errors, i -> {
            double variance = (sumOfSquaredLogs[i] - samples * mean[i] * mean[i]) / (samples - 1.0);
            return samples < 2 ? Double.NaN : Math.sqrt(Math.max(0, variance) / samples);
        });
        return errors;
    }

    /** log(e^a + e^b), also where both are no weight at all. */
    private static double logAdded(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY
                ? larger
                : larger + Math.log(Math.exp(a - larger) + Math.exp(b - larger));
    }
}
