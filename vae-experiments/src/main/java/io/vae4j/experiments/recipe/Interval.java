package io.vae4j.experiments.recipe;

import io.vae4j.experiments.Within;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers from one to another; in square brackets an end is included, in round ones it is not.
 *
 * @param text as mathematics writes it, such as {@code (0, 1]}
 */
record Interval(String text, double least, double most) {

    private static final Pattern FORM = Pattern.compile("[\\[(](\\S+), (\\S+)[])]");

    /** @throws IllegalArgumentException if the text is no interval */
    static Interval of(Within range) {
        Matcher form = FORM.matcher(range.value());
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + range.value() + "' is no interval; write one as (0, 1]");
        }
        return new Interval(range.value(), Double.parseDouble(form.group(1)), Double.parseDouble(form.group(2)));
    }

    boolean contains(double value) {
        boolean above = text.startsWith("[") ? value >= least : value > least;
        boolean below = text.endsWith("]") ? value <= most : value < most;
        return above && below;
    }
}
