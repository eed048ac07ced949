package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.WithoutGradient;
import java.util.Arrays;

/**
 * Multinomial logistic regression, {@code p(y|x) = softmax(W x + b)}: the minimum of {@code sum_n -log p(y_n|x_n) +
 * l2/2 |W|^2}, which scikit-learn's LogisticRegression calls C = 1/l2.
 */
final class SoftmaxRegression {

    private static final int ITERATIONS = 1000;

    /** Of the gradient's largest element, for the mean over the examples. */
    private static final double TOLERANCE = 1e-5;

    private final int classes;
    private final double[] weights;
    private final boolean converged;

    private SoftmaxRegression(int classes, double[] weights, boolean converged) {
        this.classes = classes;
        this.weights = weights;
        this.converged = converged;
    }

    /**
     * Learns.
     *
     * @param owner on whose device it is computed, in float64
     * @param features [N][D]
     * @param of the class of each, [N], from 0 to {@code classes} - 1
     * @param l2 0 or more
     */
    static SoftmaxRegression fit(NDManager owner, double[][] features, int[] of, int classes, double l2) {
        return WithoutGradient.compute(() -> {
            try (NDManager scratch = owner.newSubManager()) {
                NDArray x = matrix(scratch, features);
                NDArray oneHot = scratch.create(of).oneHot(classes, DataType.FLOAT64);
                double[] start = new double[classes * (features[0].length + 1)];
                LimitedMemoryBfgs.Minimum found =
                        LimitedMemoryBfgs.minimize(point -> loss(x, oneHot, point, l2), start, ITERATIONS, TOLERANCE);
                return new SoftmaxRegression(classes, found.point(), found.isConverged());
            }
        });
    }

    /** The features with a last one that is 1, [N, D + 1]. */
    private static NDArray matrix(NDManager owner, double[][] features) {
        int width = features[0].length + 1;
        double[] flat = new double[features.length * width];
        for (int n = 0; n < features.length; n++) {
            System.arraycopy(features[n], 0, flat, n * width, width - 1);
            flat[n * width + width - 1] = 1;
        }
        try (NDArray java = owner.create(flat, new Shape(features.length, width))) {
            return java.duplicate();
        }
    }

    /** The mean over the examples. */
    private static LimitedMemoryBfgs.Value loss(NDArray x, NDArray oneHot, double[] point, double l2) {
        try (NDManager scratch = x.getManager().newSubManager()) {
            double count = x.getShape().get(0);
            int width = Math.toIntExact(x.getShape().get(1));
            int classes = point.length / width;
            NDArray w = scratch.create(point, new Shape(classes, width)).duplicate();
            NDArray logits = x.matMul(w.transpose());
            logits.attach(scratch);
            NDArray logProb = logits.logSoftmax(1);
            NDArray gradient = logProb.exp().sub(oneHot).transpose().matMul(x);
            double loss = -logProb.mul(oneHot).sum().getDouble() / count;
            double[] slope = Ops.scale(gradient, 1 / count).toDoubleArray();
            for (int i = 0; i < point.length; i++) {
                if (i % width < width - 1) { // the intercept is free
                    loss += l2 / count * point[i] * point[i] / 2;
                    slope[i] += l2 / count * point[i];
                }
            }
            return new LimitedMemoryBfgs.Value(loss, slope);
        }
    }

    /** Whether the minimum was reached. */
    boolean isConverged() {
        return converged;
    }

    /** W and then b of each class in turn, [classes * (D + 1)]. */
    double[] weights() {
        return weights.clone();
    }

    /** The most probable class of each, [N]. */
    int[] predict(double[][] features) {
        return Arrays.stream(features).mapToInt(this::predict).toArray();
    }

    private int predict(double... features) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        int width = features.length + 1;
        for (int c = 0; c < classes; c++) {
            double logit = weights[c * width + width - 1];
            for (int d = 0; d < features.length; d++) {
                logit += weights[c * width + d] * features[d];
            }
            if (logit > highest) {
                highest = logit;
                best = c;
            }
        }
        return best;
    }
}
