package io.vae4j.experiments.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Objective;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A figure that is measured over a split after each epoch. What is registered by a {@link MetricProvider} shows in
 * metrics.jsonl, TensorBoard, the report and comparisons.
 *
 * @param key in metrics.jsonl, such as {@code codes_used}
 * @param heading of its column in the report
 * @param tag in TensorBoard, which puts the split behind it, as in {@code loss/train}
 * @param computation how it comes about
 */
public record Metric(String key, String heading, Unit unit, String tag, Computation computation) {

    public Metric {
        if (!key.matches("[a-z][a-z0-9_]*") || Measurement.PLACE.contains(key)) {
            throw new IllegalArgumentException("a metric's key is '" + key
                    + "'; expected lower-case letters, digits and underscores, and none of " + Measurement.PLACE);
        }
    }

    /** A metric whose tag is its key. */
    public Metric(String key, String heading, Unit unit, Computation computation) {
        this(key, heading, unit, key, computation);
    }

    /** What its numbers are. */
    public enum Unit {
        NATS_PER_EXAMPLE,
        /** From 0 to 1. */
        SHARE,
        NUMBER,
        SECONDS
    }

    /**
     * What is measured.
     *
     * @param owner of arrays that live until the split is done
     */
    public record Subject(NDManager owner, LatentModel model, Objective objective) {}

    /** How a metric comes about. */
    public sealed interface Computation {}

    /**
     * The mean over the examples of a split.
     *
     * @param applies whether it says something of what is measured
     * @param each its value for each example of a batch, [B]; the sums stay on the device until somebody looks
     */
    public record Mean(Predicate<Subject> applies, Function<Estimate, NDArray> each) implements Computation {

        /** One that says something of every model under every objective. */
        public Mean(Function<Estimate, NDArray> each) {
            this(subject -> true, each);
        }
    }

    /** A function of the means that were registered, whatever their order. */
    public record Derived(ToDoubleFunction<Measurement> from) implements Computation {}

    /**
     * What is no mean over examples, such as the use of codes.
     *
     * @param begin starts a split; empty where it says nothing of what is measured
     */
    public record Gathered(Function<Subject, Optional<? extends Gathering>> begin) implements Computation {}

    /** Known to whoever measures, without looking at the model: how long it took, and what was left out. */
    public record Given() implements Computation {}

    /** A split that is gathered batch by batch. */
    public interface Gathering extends AutoCloseable {

        /** Adds a batch, with the gradient tape closed; it should not wait for the device. */
        void add(Estimate estimate);

        /**
         * What it has gathered, in arrays of its own, by which a run that stops within an epoch goes on as if it had
         * not: they are saved, and written into. One without arrays gathers anew what is left of that epoch.
         */
        default List<NDArray> state() {
            return List.of();
        }

        /**
         * Whether what several have gathered, each from batches of its own, is the sum of their arrays. Of a training
         * by several workers nothing else can be gathered.
         */
        default boolean isAdditive() {
            return false;
        }

        /** The figure so far; this may wait for the device. */
        double value();

        @Override
        void close();
    }
}
