package io.vae4j.experiments.report;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * A number that every run of a group has, as a cell of a table: of several runs the mean with the standard deviation.
 *
 * @param value NaN where a run's was not finite, empty where it has none
 * @param written how such a number is written
 */
record SeedFigure(Function<ComparedRun, Optional<Double>> value, DoubleFunction<String> written) {

    String in(SeedGroup group) {
        List<Double> all =
                group.runs().stream().map(value).flatMap(Optional::stream).toList();
        double[] finite = all.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        if (all.isEmpty()) {
            return Wording.ABSENT;
        }
        if (finite.length < all.size()) {
            // a mean of the others would pass over the runs that failed
            return "not finite"
                    + (group.hasSeveral() ? " (" + (all.size() - finite.length) + " of " + all.size() + ")" : "");
        }
        String partly = all.size() < group.runs().size() ? " (n = " + all.size() + ")" : "";
        return written(SampleMoments.of(finite)) + partly;
    }

    /** The deviation may stand on a line of its own, where room is scarce. */
    private String written(SampleMoments moments) {
        String mean = written.apply(moments.mean());
        return moments.count() == 1 ? mean : mean + " ±\u00a0" + written.apply(moments.deviation());
    }
}
