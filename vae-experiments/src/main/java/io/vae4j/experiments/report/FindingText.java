package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Metric.Unit;

/** A number that an evaluation found, with how sure it is, as the report writes it. */
final class FindingText {

    private FindingText() {}

    static String of(Finding figure) {
        return number(figure, figure.value())
                + figure.standardError()
                        .map(error -> " ± " + number(figure, error))
                        .orElse("")
                + figure.interval()
                        .map(interval ->
                                ", " + number(figure, interval.lower()) + " to " + number(figure, interval.upper()))
                        .orElse("");
    }

    private static String number(Finding figure, double value) {
        return Double.isFinite(value) ? Wording.value(value, figure.unit().orElse(Unit.NUMBER)) : "not finite";
    }
}
