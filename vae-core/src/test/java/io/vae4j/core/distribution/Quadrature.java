package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Points of a support with weights: {@code sum_i w_i f(x_i)} is the integral of f, or its sum where the support is
 * countable.
 */
final class Quadrature {

    private final double[][] points;
    private final double[] weights;

    private Quadrature(double[][] points, double[] weights) {
        this.points = points;
        this.weights = weights;
    }

    double[][] points() {
        return points;
    }

    /** Gauss and Legendre's rule of 20 points between each two breaks: exact for smooth pieces. */
    static Quadrature between(double... breaks) {
        List<double[]> points = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 1; i < breaks.length; i++) {
            GaussIntegrator rule = new GaussIntegratorFactory().legendre(20, breaks[i - 1], breaks[i]);
            for (int j = 0; j < rule.getNumberOfPoints(); j++) {
                points.add(new double[] {rule.getPoint(j)});
                weights.add(rule.getWeight(j));
            }
        }
        return new Quadrature(
                points.toArray(double[][]::new),
                weights.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The values 0, 1/steps, ..., 1, each counted once. */
    static Quadrature levels(int steps) {
        double[][] points = IntStream.rangeClosed(0, steps)
                .mapToObj(k -> new double[] {(double) k / steps})
                .toArray(double[][]::new);
        return counted(points);
    }

    /** The one-hot vectors. */
    static Quadrature classes(int classes) {
        double[][] points = new double[classes][classes];
        for (int i = 0; i < classes; i++) {
            points[i][i] = 1;
        }
        return counted(points);
    }

    /** Every pair of points, one after the other in one vector. */
    Quadrature times(Quadrature other) {
        List<double[]> pairs = new ArrayList<>();
        List<Double> products = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < other.points.length; j++) {
                pairs.add(join(points[i], other.points[j]));
                products.add(weights[i] * other.weights[j]);
            }
        }
        return new Quadrature(
                pairs.toArray(double[][]::new),
                products.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** log p of every point under a distribution with parameters [1, 1, ...event]. */
    double[] logProb(Distribution distribution, NDManager manager) {
        double[] flat = Arrays.stream(points).flatMapToDouble(Arrays::stream).toArray();
        Shape shape = distribution.shape();
        try (NDManager scratch = manager.newSubManager()) {
            NDArray values = scratch.create(flat, new Shape(points.length).addAll(shape.slice(1)));
            return distribution.logProb(values.duplicate()).toDoubleArray();
        }
    }

    /** The expectation of a function of the point's index under the masses {@code exp(logProb)}. */
    double expect(double[] logProb, IntToDoubleFunction function) {
        double total = 0;
        for (int i = 0; i < points.length; i++) {
            double mass = weights[i] * Math.exp(logProb[i]);
            if (mass > 0) {
                total += mass * function.applyAsDouble(i);
            }
        }
        return total;
    }

    private static Quadrature counted(double[][] points) {
        double[] ones = new double[points.length];
        Arrays.fill(ones, 1);
        return new Quadrature(points, ones);
    }

    private static double[] join(double[] first, double[] second) {
        double[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
