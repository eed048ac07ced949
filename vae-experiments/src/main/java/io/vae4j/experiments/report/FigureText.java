package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Metrics;

/** The figure by which a sweep chooses, as its page writes it. */
record FigureText(Goal goal, MetricColumn metric) {

    private static final char NO_BREAK = '\u00a0';

    static FigureText of(Goal goal) {
        Metric.Unit unit = Metrics.all().stream()
                .filter(metric -> metric.key().equals(goal.metric()))
                .map(Metric::unit)
                .findFirst()
                .orElse(Metric.Unit.NUMBER);
        return new FigureText(goal, new MetricColumn(goal.metric(), goal.title(), unit));
    }

    /** As in {@code Validation loss}. */
    String heading() {
        String title = goal.title();
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }

    String number(double value) {
        return Double.isFinite(value) ? Wording.value(value, metric.unit()) : "not finite";
    }

    /** The mean, with the deviation over seeds where there are several. */
    String mean(SampleMoments moments) {
        return number(moments.mean()) + (moments.count() > 1 ? " ±" + NO_BREAK + number(moments.deviation()) : "");
    }

    /** A difference, with its standard error where there are several seeds. */
    String difference(SampleMoments moments) {
        return number(moments.mean()) + (moments.count() > 1 ? " (" + number(moments.standardError()) + ")" : "");
    }

    /** Within which the difference lies with a confidence of 95 %; of one seed anything is within. */
    String interval(SampleMoments moments) {
        return moments.count() > 1
                ? number(moments.mean() - moments.margin())
                        + NO_BREAK
                        + "to"
                        + NO_BREAK
                        + number(moments.mean() + moments.margin())
                : Wording.ABSENT;
    }

    /** Behind a number, as in {@code nats per example}; may be empty. */
    String unit() {
        return metric.unitName().isEmpty() || metric.unit() == Metric.Unit.SHARE ? "" : " " + metric.unitName();
    }
}
