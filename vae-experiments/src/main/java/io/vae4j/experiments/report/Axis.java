package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis for measured values.
 *
 * @param low the value at its beginning
 * @param high the value at its end, greater than {@code low}
 * @param step between two ticks
 */
record Axis(double low, double high, double step) {

    private static final int STEPS = 5;

    /** The axis from tick to tick around all of them. */
    static Axis ofValues(double least, double greatest) {
        double margin = greatest - least > 1e-9 * Math.max(Math.abs(least), Math.abs(greatest))
                ? 0
                : Math.max(0.5, 0.05 * Math.abs(greatest));
        double step = niceStep((greatest / STEPS - least / STEPS) + 2 * margin / STEPS);
        double low = Math.floor((least - margin) / step + 1e-9) * step;
        double high = Math.ceil((greatest + margin) / step - 1e-9) * step;
        // Rounding outwards must not leave the range of numbers.
        return new Axis(Math.max(low, -Double.MAX_VALUE), Math.min(high, Double.MAX_VALUE), step);
    }

    /** Where the value lies, 0 at the beginning and 1 at the end. */
    double fraction(double value) {
        // Halves, since the span of two huge values of opposite sign is not finite.
        return (value / 2 - low / 2) / (high / 2 - low / 2);
    }

    /** The values that get a tick, rising. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        double first = Math.ceil(low / step - 1e-9);
        for (int i = 0; i <= 4 * STEPS; i++) {
            double tick = (first + i) * step;
            if (tick - high > 1e-9 * step) {
                break;
            }
            ticks.add(tick);
        }
        return ticks;
    }

    /** 1, 2 or 5 times a power of ten, at least as large as asked for. */
    static double niceStep(double atLeast) {
        if (atLeast <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        double digit = atLeast / power;
        double nice = digit <= 1 + 1e-9 ? 1 : digit <= 2 + 1e-9 ? 2 : digit <= 5 + 1e-9 ? 5 : 10;
        return nice * power;
    }
}
