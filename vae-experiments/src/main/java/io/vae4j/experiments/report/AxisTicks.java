package io.vae4j.experiments.report;

import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.ParallelCoordinates.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where numbers lie on an axis of their own, from 0 at the least to 1 at the largest.
 *
 * @param from the least of them, above 0 on a logarithmic scale
 */
record AxisTicks(Axis.Scale scale, double from, double to) {

    private static final int FEW = 6;
    private static final double[] LEADING = {1, 2, 5};
    private static final MathContext DIGITS = new MathContext(4);
    private static final double PLAIN_BELOW = 1e6;
    private static final double PLAIN_FROM = 1e-5;

    /** Labels nearer than this would lie upon each other. */
    private static final double NEAR = 0.07;

    /** Numbers that are not all positive have no logarithms. */
    static AxisTicks of(Axis.Scale scale, double[] values) {
        double least = DoubleStream.of(values).min().orElse(0);
        double most = DoubleStream.of(values).max().orElse(1);
        return new AxisTicks(least > 0 ? scale : Axis.Scale.LINEAR, least, most);
    }

    /** Where a number lies; all are in the middle if there is but one. */
    double place(double value) {
        double low = on(from);
        double high = on(to);
        return high > low ? Math.max(0, Math.min(1, (on(value) - low) / (high - low))) : 0.5;
    }

    private double on(double value) {
        return scale == Axis.Scale.LOGARITHMIC ? Math.log(value) : value;
    }

    /** The numbers themselves where they are few; otherwise round ones, and both ends. */
    List<Tick> ticks(double[] values) {
        double[] different = DoubleStream.of(values).distinct().sorted().toArray();
        if (different.length <= FEW) {
            return Stream.of(DoubleStream.of(different).boxed().toArray(Double[]::new))
                    .map(this::tick)
                    .toList();
        }
        DoubleStream round = DoubleStream.of(scale == Axis.Scale.LOGARITHMIC ? byRatio() : byDifference())
                .filter(value -> place(value) > NEAR && place(value) < 1 - NEAR);
        return DoubleStream.concat(DoubleStream.of(from, to), round)
                .sorted()
                .mapToObj(this::tick)
                .toList();
    }

    private double[] byDifference() {
        double rough = (to - from) / (FEW - 1);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = DoubleStream.of(LEADING)
                .map(digit -> digit * power)
                .filter(one -> one >= rough)
                .findFirst()
                .orElse(10 * power);
        long first = (long) Math.ceil(from / step);
        return IntStream.rangeClosed(0, FEW)
                .mapToDouble(i -> (first + i) * step)
                .filter(this::isInside)
                .toArray();
    }

    private double[] byRatio() {
        int first = (int) Math.floor(Math.log10(from));
        int last = (int) Math.ceil(Math.log10(to));
        double[] all = leading(first, last, LEADING);
        return all.length <= FEW ? all : leading(first, last, new double[] {1});
    }

    private double[] leading(int first, int last, double[] digits) {
        return IntStream.rangeClosed(first, last)
                .boxed()
                .flatMapToDouble(power -> DoubleStream.of(digits).map(digit -> digit * Math.pow(10, power)))
                .filter(this::isInside)
                .toArray();
    }

    private boolean isInside(double value) {
        return value >= from && value <= to;
    }

    private Tick tick(double value) {
        return new Tick(written(value), place(value));
    }

    static String written(double value) {
        double size = Math.abs(value);
        return size != 0 && (size >= PLAIN_BELOW || size < PLAIN_FROM)
                ? String.format(Locale.ROOT, "%.3g", value)
                : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
