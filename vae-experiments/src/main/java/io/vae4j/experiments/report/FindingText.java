package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Metric.Unit;

/** A number that an evaluation found, with how sure it is, as the report writes it. */
final class FindingText {

    private FindingText() {}

    static String of(Finding figure) {
        return number(figure, figure.value())
                + figure.standardError()
                        .map(error -> " ± " + number(figure, error) + " (standard error)")
                        .orElse("")
                + figure.interval()
                        .map(interval -> ", 95 %: " + number(figure, interval.lower()) + " to "
                                + number(figure, interval.upper()))
                        .orElse("");
    }

    /** A number in the unit of a figure. */
    static String number(Finding figure, double value) {
        Unit unit = figure.unit().orElse(Unit.NUMBER);
        if (!Double.isFinite(value)) {
            return "not finite";
        }
        boolean counted = unit == Unit.NUMBER && value == Math.rint(value);
        return counted ? Wording.whole((long) value) : Wording.value(value, unit);
    }
}
