package io.vae4j.experiments.run;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.objective.ImportanceWeightedObjective;
import io.vae4j.experiments.run.Metric.Derived;
import io.vae4j.experiments.run.Metric.Gathered;
import io.vae4j.experiments.run.Metric.Gathering;
import io.vae4j.experiments.run.Metric.Given;
import io.vae4j.experiments.run.Metric.Mean;
import io.vae4j.experiments.run.Metric.Unit;
import io.vae4j.models.vq.ModelCodeUsage;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The metrics of this project. */
public final class StandardMetrics implements MetricProvider {

    /** What is minimized. */
    public static final Metric LOSS = new Metric("loss", "Loss", Unit.NATS_PER_EXAMPLE, new Mean(Estimate::loss));

    /** The importance-weighted bound, for objectives that are one; a penalty is no part of it. */
    public static final Metric BOUND = new Metric(
            "bound",
            "Bound",
            Unit.NATS_PER_EXAMPLE,
            new Mean(
                    subject -> subject.objective() instanceof ImportanceWeightedObjective,
                    estimate -> withoutPenalty(estimate).neg()));

    /** Minus log p(x|z). */
    public static final Metric RECONSTRUCTION = new Metric(
            "reconstruction",
            "Reconstruction",
            Unit.NATS_PER_EXAMPLE,
            new Mean(estimate -> estimate.terms().reconstruction()));

    /** KL(q(z|x) || p(z)) of all layers. */
    public static final Metric KL = new Metric(
            "kl",
            "KL",
            Unit.NATS_PER_EXAMPLE,
            new Mean(estimate -> estimate.terms().kl()));

    /** The evidence lower bound itself, whatever the objective. */
    public static final Metric ELBO = new Metric(
            "elbo", "ELBO", Unit.NATS_PER_EXAMPLE, new Derived(means -> -means.raw(RECONSTRUCTION) - means.raw(KL)));

    /** The share of a codebook's codes that the split used. */
    public static final Metric CODES_USED =
            new Metric("codes_used", "Codes used", Unit.SHARE, codes(ModelCodeUsage::share));

    /** exp of the entropy of the codes' use over the split. */
    public static final Metric PERPLEXITY =
            new Metric("perplexity", "Perplexity", Unit.NUMBER, codes(ModelCodeUsage::perplexity));

    /** How long the pass over the split took. */
    public static final Metric SECONDS = new Metric("seconds", "Seconds", Unit.SECONDS, new Given());

    /** How many steps were left out, since their loss or gradient was not finite; there only if some were. */
    public static final Metric SKIPPED_STEPS = new Metric("skipped_steps", "Skipped steps", Unit.NUMBER, new Given());

    /** How long a round of local SGD took on average, from one state of the model to the next. */
    public static final Metric ROUND_SECONDS =
            new Metric("round_seconds", "Seconds a round", Unit.SECONDS, new Given());

    /** How long the slowest worker of a round computed, on average over the rounds. */
    public static final Metric LOCAL_SECONDS =
            new Metric("local_seconds", "Of these, local steps", Unit.SECONDS, new Given());

    /** How many bytes a round moves to all workers and back. */
    public static final Metric ROUND_BYTES = new Metric("round_bytes", "Bytes a round", Unit.NUMBER, new Given());

    @Override
    public List<Metric> metrics() {
        return List.of(
                LOSS,
                RECONSTRUCTION,
                KL,
                ELBO,
                BOUND,
                CODES_USED,
                PERPLEXITY,
                SECONDS,
                SKIPPED_STEPS,
                ROUND_SECONDS,
                LOCAL_SECONDS,
                ROUND_BYTES);
    }

    private static NDArray withoutPenalty(Estimate estimate) {
        return estimate.terms().penalty().map(estimate.loss()::sub).orElseGet(estimate::loss);
    }

    private static Gathered codes(ToDoubleFunction<ModelCodeUsage> figure) {
        return new Gathered(
                subject -> ModelCodeUsage.of(subject.owner(), subject.model()).map(usage -> gathering(usage, figure)));
    }

    private static Gathering gathering(ModelCodeUsage usage, ToDoubleFunction<ModelCodeUsage> figure) {
        return new Gathering() {
            @Override
            public void add(Estimate estimate) {
                estimate.terms().layers().forEach(usage::add);
            }

            @Override
            public List<NDArray> state() {
                return usage.state();
            }

            @Override
            public boolean isAdditive() {
                return true;
            }

            @Override
            public double value() {
                return figure.applyAsDouble(usage);
            }

            @Override
            public void close() {
                usage.close();
            }
        };
    }
}
