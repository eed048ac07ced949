package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Goal;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The range in which figures of settings are told apart. A setting that went astray can be so bad that all others would
 * be one point beside it: what is worse than the fence counts as at it.
 *
 * @param fence three times the interquartile range beyond the worse quartile, Tukey 1977; empty where nothing is beyond
 */
record FigureRange(Goal goal, Optional<Double> fence) {

    private static final int QUARTERS = 4;
    private static final double FAR_OUT = 3;

    /** @param figures all finite */
    static FigureRange of(Goal goal, Collection<Double> figures) {
        double[] losses = figures.stream().mapToDouble(goal::loss).sorted().toArray();
        if (losses.length < QUARTERS) {
            return new FigureRange(goal, Optional.empty());
        }
        double upper = quantile(losses, 0.75);
        double fence = upper + FAR_OUT * (upper - quantile(losses, 0.25));
        return new FigureRange(
                goal,
                Stream.of(fence)
                        .filter(worst -> losses[losses.length - 1] > worst)
                        .map(goal::loss)
                        .findFirst());
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The figure, or the fence where it is worse. */
    double within(double figure) {
        return fence.filter(worst -> goal.loss(figure) > goal.loss(worst)).orElse(figure);
    }
}
