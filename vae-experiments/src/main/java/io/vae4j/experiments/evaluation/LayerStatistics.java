package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Ops;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import java.util.Arrays;
import java.util.Optional;

/** What one stochastic layer is used for: how many of its units vary with the example, and how many nats it carries. */
public final class LayerStatistics {

    /**
     * A unit is active if the variance of its posterior mean over the examples is larger. Burda et al. 2016, section
     * 5.3
     */
    private static final double ACTIVE = 0.01;

    private double[] sum = new double[0];
    private double[] sumOfSquares = new double[0];
    private double[] errors = new double[0];
    private Optional<double[]> klEach = Optional.of(new double[0]);
    private double kl;
    private long examples;

    /**
     * Adds the layer as some examples' samples have it; this waits for the device.
     *
     * @param count how many of the batch's examples count, the first ones
     */
    void add(StochasticLayer layer, int count) {
        NDArray each = means(layer.inference());
        double[] means = doubles(each.mean(new int[] {0}));
        double[] error = doubles(squaredError(each));
        int units = means.length / Math.toIntExact(each.getShape().get(1));
        Optional<NDArray> klOfEach = layer.analyticKlEach().get();
        if (examples == 0) {
            begin(units, klOfEach.isPresent());
        }
        for (int i = 0; i < count * units; i++) {
            sum[i % units] += means[i];
            sumOfSquares[i % units] += means[i] * means[i];
            errors[i % units] += error[i];
        }
        double[] kls = doubles(layer.kl().mean(new int[] {0}));
        kl += Arrays.stream(kls).limit(count).sum();
        klOfEach.ifPresent(values -> addEach(doubles(values.mean(new int[] {0})), count, units));
        examples += count;
    }

    private void begin(int units, boolean hasKlOfEach) {
        sum = new double[units];
        sumOfSquares = new double[units];
        errors = new double[units];
        klEach = hasKlOfEach ? Optional.of(new double[units]) : Optional.empty();
    }

    private void addEach(double[] kls, int count, int units) {
        double[] sums = klEach.orElseThrow();
        for (int i = 0; i < count * units; i++) {
            sums[i % units] += kls[i];
        }
    }

    /**
     * E_q[z] where it is known given the samples that the layer was inferred from, or else its own samples, [K, B,
     * ...Z].
     */
    private static NDArray means(Inference inference) {
        return inference.posterior().mean().orElseGet(inference::latent);
    }

    /** The variance of a mean over K samples, by their own variance; a single one is known and has none, [B, ...Z]. */
    private static NDArray squaredError(NDArray each) {
        long samples = each.getShape().get(0);
        NDArray mean = each.mean(new int[] {0}, true);
        NDArray squares = each.sub(mean).square().sum(new int[] {0});
        return Ops.scale(squares, 1.0 / (samples * Math.max(1, samples - 1)));
    }

    private static double[] doubles(NDArray values) {
        return values.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    /** The mean over the examples, nats. */
    double kl() {
        return kl / examples;
    }

    /**
     * The mean over the examples for each latent dimension, nats; empty where the KL has no closed form that is a sum
     * over dimensions.
     */
    public Optional<double[]> klPerDimension() {
        return klEach.map(sums -> Arrays.stream(sums).map(sum -> sum / examples).toArray());
    }

    int activeUnits() {
        return (int)
                Arrays.stream(variances()).filter(variance -> variance > ACTIVE).count();
    }

    /** Of the posterior mean over the examples: that of its estimates, less what their error adds to it. */
    double[] variances() {
        double[] variances = new double[sum.length];
        Arrays.setAll(variances, i -> {
            double ofEstimates = (sumOfSquares[i] - sum[i] * sum[i] / examples) / Math.max(1, examples - 1);
            return ofEstimates - errors[i] / examples;
        });
        return variances;
    }
}
