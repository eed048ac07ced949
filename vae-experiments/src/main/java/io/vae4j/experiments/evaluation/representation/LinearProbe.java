package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Findings;
import java.util.List;
import java.util.Optional;

/**
 * How well a linear classifier tells the classes of test examples from their codes, and beside it from their values.
 * Features are standardized by the training examples.
 */
public final class LinearProbe implements Evaluation {

    /** On the weights' squares; the intercepts are free. */
    private static final double L2 = 1;

    private static final Setting TRAIN = new Setting("train", 10_000, 1, "how many training examples it learns from");

    @Override
    public String name() {
        return "linear-probe";
    }

    @Override
    public String title() {
        return "Linear probe of the codes";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ON_REQUEST;
    }

    @Override
    public List<Setting> settings() {
        return List.of(TRAIN);
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        return LabeledCodes.incompatibility(subject.data());
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        LabeledCodes codes = LabeledCodes.of(subject, settings.of(TRAIN));
        subject.narrator()
                .accept("a linear probe learns from " + codes.training().count() + " examples");
        try (NDManager owner = subject.trained().newManager()) {
            Findings found = Findings.of(title());
            found = probed(
                    found,
                    owner,
                    "codes",
                    "Accuracy by codes",
                    codes.training().codes(),
                    codes.test().codes(),
                    codes);
            found = probed(
                    found,
                    owner,
                    "values",
                    "Accuracy by the values themselves",
                    codes.training().values(),
                    codes.test().values(),
                    codes);
            return found.with(Optional.of("learned from " + codes.training().count()
                    + " training examples, standardized, with an l2 of " + L2 + " on the sum of their losses"));
        }
    }

    private static Findings probed(
            Findings found,
            NDManager owner,
            String key,
            String heading,
            double[][] training,
            double[][] test,
            LabeledCodes codes) {
        Standardization scales = Standardization.of(training);
        SoftmaxRegression probe = SoftmaxRegression.fit(
                owner, scales.apply(training), codes.training().classes(), codes.classes(), L2);
        Findings all = found.with(key, codes.accuracy(heading, probe.predict(scales.apply(test))));
        return all.with(
                probe.isConverged() ? Optional.empty() : Optional.of(heading + ": the probe had not converged"));
    }
}
