package io.vae4j.experiments.evaluation.standard;

import io.vae4j.core.Noise;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.training.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Between which numbers the mean negative log-likelihood of all examples of the data's kind lies with 95 % confidence:
 * the percentiles of its means over examples drawn with replacement. Efron and Tibshirani 1993, section 13.3
 */
final class BootstrapInterval implements Evaluation {

    private static final Setting RESAMPLES =
            new Setting("resamples", 10_000, 100, "how often examples are drawn with replacement");
    private static final double OUTSIDE = 0.025;

    @Override
    public String name() {
        return "nll-interval";
    }

    @Override
    public String title() {
        return "NLL with 95 % interval, percentile bootstrap over the examples";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ALWAYS;
    }

    @Override
    public List<Setting> settings() {
        return List.of(RESAMPLES);
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        return subject.examples() < 2 ? Optional.of("one example does not vary") : Optional.empty();
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        double[] nll = Arrays.stream(subject.likelihood().logLikelihood())
                .map(value -> -value)
                .toArray();
        double[] means = means(nll, settings.of(RESAMPLES), subject.seed());
        return Findings.of(title())
                .with(
                        "nll",
                        Finding.nats(title(), Mean.of(nll).value())
                                .between(quantile(means, OUTSIDE), quantile(means, 1 - OUTSIDE)));
    }

    /** The means over as many examples, drawn with replacement, in ascending order. */
    static double[] means(double[] values, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(Noise.key(seed, 0, RandomStream.EVALUATION_NOISE.id()));
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double sum = 0;
            for (int drawn = 0; drawn < values.length; drawn++) {
                sum += values[random.nextInt(values.length)];
            }
            means[i] = sum / values.length;
        }
        Arrays.sort(means);
        return means;
    }

    /** The value with a share of the others below it, between two values by their distance. */
    static double quantile(double[] ascending, double share) {
        double place = share * (ascending.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
    }
}
