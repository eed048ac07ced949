package io.vae4j.experiments.evaluation.representation;

import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Metric.Unit;
import java.util.Optional;

/**
 * Codes of training examples, to learn classes from, and of test examples, to try it on.
 *
 * @param classes how many there are
 */
record LabeledCodes(EncodedSplit training, EncodedSplit test, int classes) {

    /** Test examples, where there are so many: the standard error of an accuracy is then at most half a percent. */
    private static final int TEST = 10_000;

    /** Why there are none; empty where there are. */
    static Optional<String> incompatibility(Dataset data) {
        return data.train().labels() instanceof Labels.Classes && data.test().labels() instanceof Labels.Classes
                ? Optional.empty()
                : Optional.of("the examples have no classes to tell apart");
    }

    static LabeledCodes of(EvaluationSubject subject, int most) {
        Dataset data = subject.data();
        return new LabeledCodes(
                EncodedSplit.of(subject.trained(), data.train(), most, subject.seed()),
                EncodedSplit.of(subject.trained(), data.test(), TEST, subject.seed()),
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
