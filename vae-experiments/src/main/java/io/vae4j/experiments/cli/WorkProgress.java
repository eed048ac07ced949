package io.vae4j.experiments.cli;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/**
 * A line whenever another tenth of some work is done, and one with the time that it will take, as soon as a part of it
 * has been measured, if that is long. The parts of one thing count as fractions of it.
 */
final class WorkProgress implements DoubleConsumer {

    /** A part that takes less tells too little of the whole. */
    private static final double MEASURED_SECONDS = 1;

    /** Whoever waits less needs no figure. */
    private static final double LONG_SECONDS = 60;

    private final String subject;
    private final String unit;
    private final double count;
    private final Console console;
    private final LongSupplier nanos;
    private long begin;
    /** What was done first: it includes what is done only once, and is not measured. */
    private double first = -1;

    private boolean told;
    private int tenths;

    /**
     * @param unit what is counted, in the plural
     * @param count how many there are
     */
    WorkProgress(String subject, String unit, double count, Console console) {
        this(subject, unit, count, console, System::nanoTime);
    }

    WorkProgress(String subject, String unit, double count, Console console, LongSupplier nanos) {
        this.subject = subject;
        this.unit = unit;
        this.count = count;
        this.console = console;
        this.nanos = nanos;
    }

    @Override
    public void accept(double done) {
        if (first < 0) {
            begin = nanos.getAsLong();
            first = done;
        }
        double seconds = (double) (nanos.getAsLong() - begin) / 1e9;
        double left = done > first ? seconds / (done - first) * (count - done) : 0;
        boolean isLong = seconds >= MEASURED_SECONDS && left >= LONG_SECONDS;
        if (isLong && !told) {
            told = true;
            console.tell(String.format(
                    Locale.ROOT, "%s: about %s for %,.0f %s", subject, readable(seconds + left), count, unit));
        }
        int reached = (int) (10 * done / count);
        if (reached > tenths) {
            tenths = reached;
            String part = done == Math.rint(done) ? (long) done + " of " : tenths + "0 % of ";
            console.tell(subject + ": " + part + (long) count + " " + unit
                    + (isLong ? ", about " + readable(left) + " left" : ""));
        }
    }

    /** In the unit that makes a small number of it. */
    static String readable(double seconds) {
        String[] units = {"seconds", "minutes", "hours", "days", "years"};
        double[] perUnit = {60, 60, 24, 365.25};
        double amount = seconds;
        int unit = 0;
        while (unit < perUnit.length && amount >= 1.95 * perUnit[unit]) {
            amount /= perUnit[unit];
            unit++;
        }
        return String.format(Locale.ROOT, amount < 9.95 && unit > 1 ? "%.1f %s" : "%,.0f %s", amount, units[unit]);
    }
}
