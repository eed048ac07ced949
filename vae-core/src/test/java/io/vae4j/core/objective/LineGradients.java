package io.vae4j.core.objective;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What calculus says about one example of {@link LinearGaussianLine}, in plain doubles: for samples {@code z_i = a x +
 * e^s eps_i}, the log weights and each sample's share in the gradient of a bound.
 *
 * @param a the encoder's slope
 * @param s the encoder's log scale
 * @param w the decoder's weight
 * @param x the data
 * @param eps the noise of each sample
 */
record LineGradients(double a, double s, double w, double x, List<Double> eps) {

    /** With respect to a, s and w. */
    @FunctionalInterface
    interface Share {
        double[] of(double eps);
    }

    private double z(double e) {
        return a * x + Math.exp(s) * e;
    }

    /** log p(x|z) + log p(z) - log q(z|x). */
    double logWeight(double e) {
        double z = z(e);
        double residual = x - w * z;
        return -0.5 * (residual * residual + z * z - e * e) + s - 0.5 * Math.log(2 * Math.PI);
    }

    double[] logWeights() {
        return eps.stream().mapToDouble(this::logWeight).toArray();
    }

    /** d log p(x,z) / dz. */
    private double pull(double z) {
        return w * (x - w * z) - z;
    }

    /** The total derivative of log w along the draw: the density of a sample by its noise depends on s alone. */
    double[] total(double e) {
        double z = z(e);
        return new double[] {pull(z) * x, pull(z) * Math.exp(s) * e + 1, z * (x - w * z)};
    }

    /** The derivative of log w through z alone, without the score. */
    double[] path(double e) {
        double z = z(e);
        double slope = pull(z) + e / Math.exp(s);
        return new double[] {slope * x, slope * Math.exp(s) * e, z * (x - w * z)};
    }

    /** d log q(z|x) at fixed z. */
    double[] score(double e) {
        return new double[] {e / Math.exp(s) * x, e * e - 1, 0};
    }

    /** The derivative of log w at fixed z. */
    double[] fixed(double e) {
        double z = z(e);
        double[] score = score(e);
        return new double[] {-score[0], -score[1], z * (x - w * z)};
    }

    /** {@code sum_i share(eps_i) weights_i}. */
    double[] weighted(double[] weights, Share share) {
        double[] sum = new double[3];
        for (int i = 0; i < eps.size(); i++) {
            double[] each = share.of(eps.get(i));
            for (int p = 0; p < 3; p++) {
                sum[p] += weights[i] * each[p];
            }
        }
        return sum;
    }

    /** {@code w_i / sum_j w_j}. */
    static double[] normalized(double... logWeights) {
        double[] weights = Arrays.stream(logWeights).map(Math::exp).toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** {@code log (1/k) sum_i w_i}. */
    static double logMeanExp(double... logWeights) {
        return Math.log(Arrays.stream(logWeights).map(Math::exp).average().orElseThrow());
    }

    static double[] squares(double... values) {
        return Arrays.stream(values).map(value -> value * value).toArray();
    }

    static double[] equal(int count) {
        return IntStream.range(0, count).mapToDouble(i -> 1.0 / count).toArray();
    }
}
