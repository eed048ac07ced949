package io.vae4j.experiments.evaluation.standard;

import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.Metric.Unit;
import io.vae4j.models.vq.Codes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the importance weights can be trusted: how heavy their tail is, by the shape k of a generalized Pareto
 * distribution (Vehtari et al. 2024, https://arxiv.org/abs/1507.02646), and by how much the bound of K samples still
 * misses log p(x).
 *
 * <p>Where {@code k > min(1 - 1 / log10 K, 0.7)} for many examples, their mean is not reliable, and above 0.7 more
 * samples hardly help: a few of them carry all of the weight.
 */
final class WeightReliability implements Evaluation {

    /** From there on, as many samples as anybody takes do not make the mean reliable. Section 3.2.4. */
    private static final double HEAVIEST = 0.7;

    /** Examples with a heavy tail that are too many to be exceptions. */
    private static final double MANY = 0.1;

    /** Nats that matter where models are compared. */
    private static final double NOTICEABLE = 0.1;

    @Override
    public String name() {
        return "pareto-k";
    }

    @Override
    public String title() {
        return "Pareto k of the importance weights";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ALWAYS;
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        if (!Codes.in(subject.trained().model()).isEmpty()) {
            return Optional.of("a grid of codes is certain, so that there is one weight");
        }
        return subject.likelihood().paretoShape().isEmpty()
                ? Optional.of(subject.likelihood().samples()
                        + " samples of each example are too few for a tail to be fitted; 25 or more are needed")
                : Optional.empty();
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        LikelihoodEvaluator likelihood = subject.likelihood();
        double[] shapes = likelihood.paretoShape().orElseThrow();
        Arrays.sort(shapes);
        double limit = Math.min(1 - 1 / Math.log10((double) likelihood.samples()), HEAVIEST);
        double heavy = Arrays.stream(shapes).filter(shape -> shape > limit).count() / (double) shapes.length;
        double bias = bias(likelihood);
        return Findings.of(title())
                .with("median", Finding.of("Median Pareto k", BootstrapInterval.quantile(shapes, 0.5), Unit.NUMBER))
                .with("limit", Finding.of("Threshold of Pareto k for so many samples", limit, Unit.NUMBER))
                .with("share_above", Finding.of("Examples with Pareto k above the threshold", heavy, Unit.SHARE))
                .with("bias", Finding.nats("Estimated bias of the NLL, from the effective sample size", bias))
                .with(tailCaution(heavy, limit))
                .with(biasCaution(bias));
    }

    /** {@code 1/2 (1/ESS - 1/K)}, the mean over the examples. */
    private static double bias(LikelihoodEvaluator likelihood) {
        double[] each = Arrays.stream(likelihood.effectiveSampleSize())
                .map(size -> 0.5 * (1 / size - 1.0 / likelihood.samples()))
                .toArray();
        return Mean.of(each).value();
    }

    private static Optional<String> tailCaution(double heavy, double limit) {
        return heavy <= MANY
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "Pareto k is above %.2f for %.0f %% of the examples: their NLL is too high by an unknown amount,"
                                + " which the standard error does not cover; --with ais gives a bound of another kind",
                        limit,
                        100 * heavy));
    }

    private static Optional<String> biasCaution(double bias) {
        return bias <= NOTICEABLE
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "effective sample sizes are so small that the NLL is too high by some %.2f nats or more; give"
                                + " more --samples",
                        bias));
    }
}
