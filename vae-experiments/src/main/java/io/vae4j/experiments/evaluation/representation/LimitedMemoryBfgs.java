package io.vae4j.experiments.evaluation.representation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimizes a smooth convex function by L-BFGS: steps along minus the gradient, times an inverse Hessian that the last
 * {@value #MEMORY} steps tell of, halved until the function falls enough. Nocedal and Wright 2006, algorithms 7.4 and
 * 3.1
 */
final class LimitedMemoryBfgs {

    private static final int MEMORY = 10;
    private static final double SUFFICIENT = 1e-4;
    private static final int HALVINGS = 40;

    private final Function function;
    private final Deque<Step> steps = new ArrayDeque<>();

    private LimitedMemoryBfgs(Function function) {
        this.function = function;
    }

    /** A function with its gradient. */
    @FunctionalInterface
    interface Function {
        Value at(double[] point);
    }

    /** Of a function at a point. */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    record Value(double value, double[] gradient) {}

    /** One step s and the change y of the gradient along it. */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    private record Step(double[] s, double[] y, double curvature) {}

    /**
     * Where it ended.
     *
     * @param isConverged whether no element of the gradient is larger than the tolerance
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    record Minimum(double[] point, double value, boolean isConverged) {}

    static Minimum minimize(Function function, double[] start, int iterations, double tolerance) {
        return new LimitedMemoryBfgs(function).minimize(start, iterations, tolerance);
    }

    private Minimum minimize(double[] start, int iterations, double tolerance) {
        double[] point = start.clone();
        Value here = function.at(point);
        for (int i = 0; i < iterations && largest(here.gradient()) > tolerance; i++) {
            double[] direction = direction(here.gradient());
            double slope = dot(direction, here.gradient());
            double length = steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            double[] next = moved(point, direction, length);
            Value there = function.at(next);
            for (int h = 0; h < HALVINGS && !(there.value() <= here.value() + SUFFICIENT * length * slope); h++) {
                length /= 2;
                next = moved(point, direction, length);
                there = function.at(next);
            }
            if (!(there.value() < here.value())) {
                break; // rounding ends here
            }
            remember(moved(next, point, -1), moved(there.gradient(), here.gradient(), -1));
            point = next;
            here = there;
        }
        return new Minimum(point, here.value(), largest(here.gradient()) <= tolerance);
    }

    private void remember(double[] s, double[] y) {
        double curvature = dot(s, y);
        if (curvature > 0) {
            steps.addLast(new Step(s, y, curvature));
            if (steps.size() > MEMORY) {
                steps.removeFirst();
            }
        }
    }

    private double[] direction(double[] gradient) {
        double[] q = moved(new double[gradient.length], gradient, -1);
        double[] shares = new double[steps.size()];
        int i = steps.size();
        for (Iterator<Step> latest = steps.descendingIterator(); latest.hasNext(); ) {
            Step step = latest.next();
            i--;
            shares[i] = dot(step.s(), q) / step.curvature();
            q = moved(q, step.y(), -shares[i]);
        }
        if (!steps.isEmpty()) {
            Step last = steps.getLast();
            double scale = last.curvature() / dot(last.y(), last.y());
            q = Arrays.stream(q).map(value -> value * scale).toArray();
        }
        for (Step step : steps) {
            q = moved(q, step.s(), shares[i] - dot(step.y(), q) / step.curvature());
            i++;
        }
        return q;
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] result = new double[from.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = from[i] + length * direction[i];
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double... values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
