package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.model.TractablePrior;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.ComposedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The log density of test examples' codes under a mixture fitted to training codes, and under the prior. */
public final class MixtureDensity implements Evaluation {

    private static final int TEST = 10_000;
    private static final int PORTION = 500;
    private static final Setting COMPONENTS =
            new Setting("components", CodeMixture.COMPONENTS, 1, "how many Gaussians are mixed");

    @Override
    public String name() {
        return "mixture";
    }

    @Override
    public String title() {
        return "A mixture of Gaussians fitted to the codes, against the prior";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ON_REQUEST;
    }

    @Override
    public List<Setting> settings() {
        return List.of(COMPONENTS);
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        return CodeMixture.incompatibility(subject.trained())
                .or(() -> prior(subject.trained()).isEmpty()
                        ? Optional.of("the density of the prior is not known")
                        : Optional.empty());
    }

    private static Optional<TractablePrior> prior(TrainedModel trained) {
        return trained.model() instanceof ComposedModel model && model.prior() instanceof TractablePrior tractable
                ? Optional.of(tractable)
                : Optional.empty();
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        TrainedModel trained = subject.trained();
        CodeMixture fitted = CodeMixture.fit(trained, subject.data().train(), settings.of(COMPONENTS), subject.seed());
        double[][] codes = SplitFeatures.of(
                        trained, SplitFeatures.CODES, subject.data().test(), TEST, subject.seed())
                .vectors();
        double[] mixture =
                Arrays.stream(codes).mapToDouble(fitted.mixture()::logDensity).toArray();
        double[] prior = byPrior(trained, fitted.event(), codes);
        Mean difference = Mean.ofDifferences(mixture, prior);
        return Findings.of(title())
                .with("mixture", nats("log q(z) of test codes, mixture", Mean.of(mixture)))
                .with("prior", nats("log p(z) of the same codes, prior", Mean.of(prior)))
                .with("gain", nats("log q(z) - log p(z)", difference))
                .with(Optional.of("fitted to the codes of " + fitted.examples()
                        + " training examples, each the center of q(z|x): no mixture of what the encoder samples"));
    }

    private static Finding nats(String heading, Mean mean) {
        return Finding.nats(heading, mean.value()).within(mean.standardError());
    }

    private static double[] byPrior(TrainedModel trained, Shape event, double[][] codes) {
        TractablePrior prior = prior(trained).orElseThrow();
        double[] logs = new double[codes.length];
        WithoutGradient.run(() -> {
            for (int from = 0; from < codes.length; from += PORTION) {
                int to = Math.min(from + PORTION, codes.length);
                try (NDManager scratch = trained.newManager()) {
                    double[] flat = Arrays.stream(codes, from, to)
                            .flatMapToDouble(Arrays::stream)
                            .toArray();
                    NDArray z = scratch.create(flat, new Shape(1, to - from).addAll(event))
                            .toType(DataType.FLOAT32, true);
                    NDArray log = prior.given(trained.evaluation(scratch, 0, 0), Condition.none())
                            .logProb(z);
                    System.arraycopy(log.toType(DataType.FLOAT64, true).toDoubleArray(), 0, logs, from, to - from);
                }
            }
        });
        return logs;
    }
}
