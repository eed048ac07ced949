package io.vae4j.experiments;

import java.util.Locale;

/** Amounts of bytes as people read them. */
public final class Bytes {

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Bytes() {}

    /** With three digits at most, such as 6.4 TB; a kilobyte is 1,000 bytes. */
    public static String readable(double bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        String digits = amount < 9.95 && unit > 0 ? "%.1f %s" : "%,.0f %s";
        return String.format(Locale.ROOT, digits, amount, UNITS[unit]);
    }
}
