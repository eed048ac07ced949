package io.vae4j.experiments.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as the report writes them, the same on every machine. */
final class Wording {

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

    /** A position in a drawing: a tenth of a pixel is enough, and keeps a long curve short. */
    static String coordinate(double value) {
        double tenths = Math.round(value * 10) / 10.0;
        return tenths == Math.rint(tenths) ? Long.toString((long) tenths) : String.format(Locale.ROOT, "%.1f", tenths);
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
