package io.vae4j.experiments.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The axis of epochs, with its ticks at whole numbers. Long runs get a logarithmic one: most happens early, and on a
 * linear axis it would be a vertical line at the left.
 *
 * @param first the run's first epoch
 * @param last its last one, not less than {@code first}
 */
record EpochAxis(int first, int last) {

    private static final int LONG = 100;
    private static final int MOST_SINGLE_STEPS = 11;
    private static final int STEPS = 5;
    private static final int MOST_FINE_TICKS = 11;

    /** Where the epoch lies, 0 at the beginning and 1 at the end; a run's only epoch lies in the middle. */
    double fraction(double epoch) {
        if (first == last) {
            return 0.5;
        }
        return isLogarithmic()
                ? Math.log(epoch / first) / Math.log((double) last / first)
                : (epoch - first) / ((double) last - first);
    }

    /** What the axis is about. */
    String name() {
        return isLogarithmic() ? "epoch, logarithmic" : "epoch";
    }

    /** The epochs that get a tick, rising. */
    List<Integer> ticks() {
        if (isLogarithmic()) {
            List<Integer> fine = powers(1, 2, 5);
            return fine.size() <= MOST_FINE_TICKS ? fine : powers(1);
        }
        double span = (double) last - first;
        int step = span <= MOST_SINGLE_STEPS ? 1 : (int) Axis.niceStep(span / STEPS);
        return IntStream.rangeClosed((first + step - 1) / step, last / step)
                .mapToObj(i -> i * step)
                .toList();
    }

    private boolean isLogarithmic() {
        return first >= 1 && last / first >= LONG;
    }

    private List<Integer> powers(int... digits) {
        return IntStream.range(0, 10)
                .mapToDouble(exponent -> Math.pow(10, exponent))
                .flatMap(power -> IntStream.of(digits).mapToDouble(digit -> digit * power))
                .filter(tick -> tick >= first && tick <= last)
                .mapToObj(tick -> (int) tick)
                .toList();
    }
}
