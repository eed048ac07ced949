package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.ExampleVectors;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Findings;
import java.util.Optional;

/**
 * How well a linear classifier tells the classes of test examples from their codes, and beside it from their values.
 * Features are standardized by the training examples.
 */
public final class LinearProbe extends ClassAccuracy {

    /** On the weights' squares; the intercepts are free. */
    private static final double L2 = 1;

    /** Of the training examples' values together, which are in memory several times over as 8 bytes each. */
    private static final long MOST_NUMBERS = 1L << 25;

    public LinearProbe() {
        super("linear-probe", "Linear probe of the codes");
    }

    @Override
    Findings accuracies(Findings none, EvaluationSubject subject, Settings chosen, int count) {
        long numbers = count * subject.data().train().values().event().size();
        subject.narrator().accept("a linear probe learns from " + count + " examples");
        Findings found = probed(none, subject, SplitFeatures.CODES, "codes", "Accuracy by codes", count);
        return numbers <= MOST_NUMBERS
                ? probed(found, subject, SplitFeatures.VALUES, "values", "Accuracy by the values themselves", count)
                : found.with(Optional.of("values themselves are left out: " + numbers + " numbers to learn from; "
                        + "--set linear-probe.train=" + Math.max(1, count * MOST_NUMBERS / numbers)
                        + " takes few enough"));
    }

    @Override
    String how(int count) {
        return "learned from " + count + " training examples, standardized, with an l2 of " + L2
                + " on the sum of their losses";
    }

    private static Findings probed(
            Findings found, EvaluationSubject subject, ExampleVectors.Kind kind, String key, String heading, int most) {
        LabeledFeatures features = LabeledFeatures.of(subject, kind, most);
        Standardization scales = Standardization.of(features.training().vectors());
        try (NDManager owner = subject.trained().newManager()) {
            SoftmaxRegression probe = SoftmaxRegression.fit(
                    owner,
                    scales.apply(features.training().vectors()),
                    features.training().classes(),
                    features.classes(),
                    L2);
            int[] predicted = probe.predict(scales.apply(features.test().vectors()));
            return found.with(key, features.accuracy(heading, predicted))
                    .with(
                            probe.isConverged()
                                    ? Optional.empty()
                                    : Optional.of(heading + ": the probe had not converged"));
        }
    }
}
