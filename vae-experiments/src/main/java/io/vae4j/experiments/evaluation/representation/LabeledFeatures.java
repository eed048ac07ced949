package io.vae4j.experiments.evaluation.representation;

import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.ExampleVectors;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Metric.Unit;
import java.util.Optional;

/**
 * Features of training examples, to learn classes from, and of test examples, to try it on.
 *
 * @param classes how many there are
 */
record LabeledFeatures(SplitFeatures training, SplitFeatures test, int classes) {

    /** Test examples, where there are so many: the standard error of an accuracy is then at most half a percent. */
    private static final int TEST = 10_000;

    /** Why there are none; empty where there are. */
    static Optional<String> incompatibility(Dataset data) {
        return data.train().labels() instanceof Labels.Classes && data.test().labels() instanceof Labels.Classes
                ? Optional.empty()
                : Optional.of("the examples have no classes to tell apart");
    }

    /** What accuracies of a model's codes must not be taken for; empty for most models. */
    static Optional<String> caution(EvaluationSubject subject) {
        return subject.trained().view().conditionClasses().isPresent()
                ? Optional.of(
                        "the encoder is given the class itself, so that codes may tell it whatever they learned of x")
                : Optional.empty();
    }

    static LabeledFeatures of(EvaluationSubject subject, ExampleVectors.Kind kind, int most) {
        Dataset data = subject.data();
        return new LabeledFeatures(
                SplitFeatures.of(subject.trained(), kind, data.train(), most, subject.seed()),
                SplitFeatures.of(subject.trained(), kind, data.test(), TEST, subject.seed()),
                data.train().labels().classNames().size());
    }

    /** The share of test examples whose class was told, with its standard error. */
    Finding accuracy(String heading, int... predicted) {
        int right = 0;
        for (int n = 0; n < predicted.length; n++) {
            if (predicted[n] == test.classes()[n]) {
                right++;
            }
        }
        double share = (double) right / predicted.length;
        return Finding.of(heading + ", " + predicted.length + " test examples", share, Unit.SHARE)
                .within(Math.sqrt(share * (1 - share) / predicted.length));
    }
}
