package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.model.Layer;
import java.util.Arrays;

/** What one stochastic layer is used for: how many of its units vary with the image, and how many nats it carries. */
final class LayerUse {

    /**
     * A unit is active if the variance of its posterior mean over the images is larger. Burda et al. 2016, section 5.3
     */
    private static final double ACTIVE = 0.01;

    private double[] sum = new double[0];
    private double[] sumOfSquares = new double[0];
    private double kl;
    private long images;

    /** Adds the layer as some images' draws have it; this waits for the device. */
    void add(Layer layer) {
        NDArray means = layer.inference().posterior().centre().mean(new int[] {0});
        int batch = Math.toIntExact(means.getShape().get(0));
        double[] values = means.toType(DataType.FLOAT64, false).toDoubleArray();
        int units = values.length / batch;
        if (images == 0) {
            sum = new double[units];
            sumOfSquares = new double[units];
        }
        for (int i = 0; i < values.length; i++) {
            sum[i % units] += values[i];
            sumOfSquares[i % units] += values[i] * values[i];
        }
        double mean = layer.kl().mean().toType(DataType.FLOAT64, false).getDouble();
        kl += mean * batch;
        images += batch;
    }

    /** The mean over the images, nats. */
    double kl() {
        return kl / images;
    }

    int activeUnits() {
        return (int)
                Arrays.stream(variances()).filter(variance -> variance > ACTIVE).count();
    }

    private double[] variances() {
        double[] variances = new double[sum.length];
        Arrays.setAll(variances, i -> (sumOfSquares[i] - sum[i] * sum[i] / images) / Math.max(1, images - 1));
        return variances;
    }
}
