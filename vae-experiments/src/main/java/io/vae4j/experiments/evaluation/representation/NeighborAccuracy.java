package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Findings;
import java.util.List;
import java.util.Optional;

/** How often the nearest training codes have the class of a test example. */
public final class NeighborAccuracy implements Evaluation {

    private static final Setting TRAIN =
            new Setting("train", 10_000, 1, "how many training examples neighbors are among");
    private static final Setting NEIGHBORS = new Setting("k", 5, 1, "how many neighbors vote");

    @Override
    public String name() {
        return "knn";
    }

    @Override
    public String title() {
        return "Nearest neighbors among the codes";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ON_REQUEST;
    }

    @Override
    public List<Setting> settings() {
        return List.of(TRAIN, NEIGHBORS);
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        return LabeledFeatures.incompatibility(subject.data());
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        LabeledFeatures codes = LabeledFeatures.of(subject, SplitFeatures.CODES, settings.of(TRAIN));
        int most = Math.min(settings.of(NEIGHBORS), codes.training().count());
        Findings found = Findings.of(title());
        try (NDManager owner = subject.trained().newManager()) {
            for (int k : most == 1 ? new int[] {1} : new int[] {1, most}) {
                int[] predicted = NearestNeighbors.predict(
                        owner,
                        codes.training().vectors(),
                        codes.training().classes(),
                        codes.test().vectors(),
                        k);
                found = found.with("neighbors_" + k, codes.accuracy("Accuracy, k = " + k, predicted));
            }
        }
        return found.with(LabeledFeatures.caution(subject))
                .with(Optional.of("among " + codes.training().count()
                        + " training examples, by the Euclidean distance between codes as they are"));
    }
}
