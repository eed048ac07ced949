package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Metric.Unit;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Numbers as the report writes them, the same on every machine. */
final class Wording {

    /** What stands where there is nothing to say. */
    static final String ABSENT = "–";

    private static final double PLAIN_BELOW = 1e6;

    private Wording() {}

    /** A loss in nats: two decimals, or an exponent where those would be a wall of digits. */
    static String nats(double value) {
        return signed(String.format(Locale.ROOT, Math.abs(value) < PLAIN_BELOW ? "%.2f" : "%.3g", value));
    }

    /** Bits per dimension: three decimals. */
    static String bits(double value) {
        return signed(String.format(Locale.ROOT, Math.abs(value) < PLAIN_BELOW ? "%.3f" : "%.3g", value));
    }

    /** A value of a metric. */
    static String value(double value, Unit unit) {
        return switch (unit) {
            case NATS_PER_EXAMPLE, NUMBER -> nats(value);
            case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
            case SECONDS -> duration(value);
        };
    }

    /** A number where there is one, a dash where not. */
    static String written(OptionalDouble value, DoubleFunction<String> how) {
        return value.isPresent() ? how.apply(value.getAsDouble()) : ABSENT;
    }

    /** A number in nats; one that is not finite is said to be so. */
    static String finite(double value) {
        return Double.isFinite(value) ? nats(value) : "not finite";
    }

    /** A number that may be a count: whole where it is. */
    static String compact(double value) {
        return value == Math.rint(value) && Math.abs(value) < PLAIN_BELOW ? whole(Math.round(value)) : nats(value);
    }

    /** A whole number, in groups of three digits. */
    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A time span in the two units that matter. */
    static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        Duration span = Duration.ofSeconds(Math.round(seconds));
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toMinutes() > 0
                ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
                : span.toSeconds() + " s";
    }

    /** A count with its noun: {@code 1 epoch}, {@code 10 epochs}. */
    static String count(long count, String noun) {
        return count(count, noun, noun + "s");
    }

    /** A count with its noun, whose plural is not regular. */
    static String count(long count, String noun, String plural) {
        return count + " " + (count == 1 ? noun : plural);
    }

    private static String signed(String number) {
        return number.replace('-', '\u2212');
    }
}
