package io.vae4j.experiments.figure;

import io.vae4j.experiments.drawing.Curve;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.evaluation.LogWeights;
import io.vae4j.experiments.evaluation.Mean;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Curves of L_k against k. Intervals are of 95 % over the examples, by the normal distribution. */
final class BoundCurves {

    private static final double QUANTILE = 1.96;
    private static final int[] LEADING = {1, 2, 5};

    private final List<Integer> counts;

    /** @param most the largest k */
    BoundCurves(int most) {
        counts = steps(most);
    }

    /** 1, 2, 5, 10, 20, ... up to a number. */
    static List<Integer> steps(int most) {
        return IntStream.iterate(1, power -> power <= most, power -> power * 10)
                .flatMap(power -> IntStream.of(LEADING).map(leading -> leading * power))
                .filter(k -> k <= most)
                .boxed()
                .toList();
    }

    /** The largest k of the curves: 1, 2 or 5 times a power of ten. */
    int most() {
        return counts.get(counts.size() - 1);
    }

    /** How many weights of each example are drawn, so that even the largest k has two estimates. */
    int pool() {
        return 2 * most();
    }

    /** The mean of L_k. */
    Curve levels(String label, Pen pen, LogWeights weights) {
        return curve(label, pen, k -> Mean.of(weights.bound(k)));
    }

    /** The mean of L_k less something else of the same examples. */
    Curve differences(String label, Pen pen, LogWeights weights, double[] from) {
        return curve(label, pen, k -> Mean.ofDifferences(weights.bound(k), from));
    }

    /** What is the same for all k. */
    Curve constant(String label, Pen pen, double value) {
        return new Curve(label, pen, List.of(new Curve.Point(1, value), new Curve.Point(most(), value)));
    }

    private Curve curve(String label, Pen pen, IntFunction<Mean> mean) {
        return new Curve(
                label, pen, counts.stream().map(k -> point(k, mean.apply(k))).toList());
    }

    private static Curve.Point point(int k, Mean mean) {
        double half = halfWidth(mean);
        return new Curve.Point(k, mean.value(), mean.value() - half, mean.value() + half);
    }

    /** The interval of a mean as text, such as {@code " +- 0.51"}; empty for a single example, which has none. */
    static String interval(Mean mean, int digits) {
        return Double.isNaN(mean.standardError())
                ? ""
                : String.format(Locale.ROOT, " +- %." + digits + "f", halfWidth(mean));
    }

    /** Half the width of a mean's interval; zero for a single example, which has none. */
    static double halfWidth(Mean mean) {
        return Double.isNaN(mean.standardError()) ? 0 : QUANTILE * mean.standardError();
    }

    /** Half the width of the interval that a standard error spans. */
    static double halfWidth(double standardError) {
        return QUANTILE * standardError;
    }
}
