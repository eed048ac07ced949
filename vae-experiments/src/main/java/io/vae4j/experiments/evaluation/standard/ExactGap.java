package io.vae4j.experiments.evaluation.standard;

import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Maximum likelihood against the ELBO, exactly, for the one model that allows it: {@code log p(x) - ELBO = KL(q(z|x) ||
 * p(z|x))}. Its mean over the data is the difference of the two divergences {@code KL(q_D(x) q(z|x) || p(x,z)) >=
 * KL(q_D(x) || p(x))} that the two minimize. Kingma and Welling 2019, section 2.3, https://arxiv.org/abs/1906.02691
 */
final class ExactGap implements Evaluation {

    @Override
    public String name() {
        return "exact-gap";
    }

    @Override
    public String title() {
        return "Exact log p(x) against the ELBO";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ALWAYS;
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        List<GaussianGap> first = new ArrayList<>();
        gather(subject, 1, first);
        return first.isEmpty()
                ? Optional.of("log p(x) is known of linear-Gaussian models with a Gaussian posterior only")
                : Optional.empty();
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        List<GaussianGap> gaps = new ArrayList<>();
        gather(subject, subject.examples(), gaps);
        double[] logProb = each(gaps, GaussianGap::logProb);
        double[] gap = each(gaps, GaussianGap::gap);
        double[] covariance = each(gaps, GaussianGap::covarianceGap);
        double[] sampled = subject.likelihood().logLikelihood();
        return Findings.of(title())
                .with("log_likelihood", finding("Exact log p(x)", Mean.of(logProb)))
                .with("elbo", finding("Exact ELBO", Mean.ofDifferences(logProb, gap)))
                .with("gap", finding("Exact gap log p(x) - ELBO = KL(q(z|x) || p(z|x))", Mean.of(gap)))
                .with("gap_of_covariance", finding("Gap that the covariance of q leaves", Mean.of(covariance)))
                .with("gap_of_mean", finding("Gap that the mean of q leaves", Mean.ofDifferences(gap, covariance)))
                .with(
                        "bound_of_samples",
                        finding("Bound of K samples less exact log p(x)", Mean.ofDifferences(sampled, logProb)));
    }

    private static void gather(EvaluationSubject subject, int count, List<GaussianGap> into) {
        subject.evaluator()
                .eachBatch(
                        count,
                        subject.seed(),
                        portion -> GaussianGap.of(subject.trained(), portion).ifPresent(into::add));
    }

    private static double[] each(List<GaussianGap> gaps, Function<GaussianGap, double[]> figure) {
        return gaps.stream()
                .flatMapToDouble(gap -> Arrays.stream(figure.apply(gap)))
                .toArray();
    }

    private static Finding finding(String heading, Mean mean) {
        return Finding.nats(heading, mean.value()).within(mean.standardError());
    }
}
