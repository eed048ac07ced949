package io.vae4j.experiments.recipe;

import io.vae4j.experiments.InvalidInput;
import java.util.List;
import java.util.Objects;

/**
 * Ranges of a recipe's values, for the constructors of records that are kinds, in this project and in plugins. What is
 * outside is refused in one line that names the key in full, such as {@code objective.samples}, and what to give. NaN
 * is outside of every range.
 */
public final class KeyChecks {

    /** Where a fault is, as far as a record can know; whoever reads recipes says it better. */
    static final String RECIPE = "recipe";

    private KeyChecks() {}

    /** A whole number, 1 or more. */
    public static void atLeastOne(String key, int value) {
        require(value >= 1, key, value, "a whole number, 1 or more");
    }

    /** A whole number, 0 or more. */
    public static void notNegative(String key, int value) {
        require(value >= 0, key, value, "a whole number, 0 or more");
    }

    /** A list without holes, each entry at least 1; a copy of it. */
    public static List<Integer> eachAtLeastOne(String key, List<Integer> values) {
        if (values.stream().anyMatch(Objects::isNull)) {
            throw new InvalidInput(key + " has an empty entry", RECIPE, "give a list such as [400]");
        }
        values.forEach(value -> atLeastOne(key, value));
        return List.copyOf(values);
    }

    /** A list without holes, each entry at least 1 and larger than the one before it; a copy of it. */
    public static List<Integer> rising(String key, List<Integer> values) {
        List<Integer> checked = eachAtLeastOne(key, values);
        for (int i = 1; i < checked.size(); i++) {
            if (checked.get(i) <= checked.get(i - 1)) {
                throw new InvalidInput(
                        key + " has " + checked.get(i) + " after " + checked.get(i - 1),
                        RECIPE,
                        "give rising numbers such as [1, 4, 13]");
            }
        }
        return checked;
    }

    /** At most so much. */
    public static void atMost(String key, long value, long most) {
        require(value <= most, key, value, "a number up to " + most);
    }

    /** From one number to another, both included. */
    public static void within(String key, double value, double least, double most) {
        require(value >= least && value <= most, key, value, "a number from " + least + " to " + most);
    }

    /** A whole multiple, 1 times or more, such as a width that heads share. */
    public static void multiple(String key, int value, int of) {
        require(value >= of && value % of == 0, key, value, "a multiple of " + of);
    }

    /** Above 0, and finite. */
    public static void positive(String key, double value) {
        require(value > 0 && Double.isFinite(value), key, value, "a positive number");
    }

    /** 0 or more, and finite. */
    public static void notNegative(String key, double value) {
        require(value >= 0 && Double.isFinite(value), key, value, "a finite number, 0 or more");
    }

    /** Any number but an infinite one. */
    public static void finite(String key, double value) {
        require(Double.isFinite(value), key, value, "a finite number");
    }

    /** From 0 up to, but not, 1, such as a decay. */
    public static void fraction(String key, double value) {
        require(value >= 0 && value < 1, key, value, "a number from 0 up to, but not, 1");
    }

    /** From 0 to 1, both included. */
    public static void share(String key, double value) {
        require(value >= 0 && value <= 1, key, value, "a number from 0 to 1");
    }

    private static void require(boolean fine, String key, Number value, String expected) {
        if (!fine) {
            throw new InvalidInput(key + " is " + value, RECIPE, "give " + expected);
        }
    }
}
