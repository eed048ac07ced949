package io.vae4j.experiments.data;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** The number that a cell of a table holds. */
final class CsvNumber {

    /** What stands for no number in tables of pandas, R, NumPy, SQL and the UCI repository. */
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

    /** Java's own reading would also take 1f, 1d and 0x1p3. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private static final Pattern COMMA = Pattern.compile("[+-]?\\d+,\\d+([eE][+-]?\\d+)?");
    private static final Pattern SPACED = Pattern.compile("[-+.\\deE]+( +[-+.\\deE]+)+");
    private static final Set<String> INFINITE = Set.of("inf", "infinity");

    private CsvNumber() {}

    /** Whether nothing is known of a cell. */
    static boolean isMissing(String cell) {
        return MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /** The number; empty where there is none, or an infinite one. */
    static OptionalDouble of(String cell) {
        if (!NUMBER.matcher(cell).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(cell);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Why a cell is none. */
    static WrongFile fault(String cell, long line, String column) {
        String what = "line " + line + ", column " + column + ", is ";
        boolean infinite = INFINITE.contains(cell.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", ""))
                || NUMBER.matcher(cell).matches();
        if (infinite) {
            return new WrongFile(what + Reason.line(cell) + ", which is not finite", "leave it empty, or drop the row");
        }
        return new WrongFile(what + "'" + Reason.line(cell) + "', no number", remedy(cell, column));
    }

    private static String remedy(String cell, String column) {
        if (COMMA.matcher(cell).matches()) {
            return "write a point for the decimals, not a comma";
        }
        return SPACED.matcher(cell).matches()
                ? "separate the columns by commas, semicolons or tabs"
                : "if the column holds classes, say so by --set data.set.labels=" + column
                        + "; otherwise number its values, or leave the column out";
    }
}
