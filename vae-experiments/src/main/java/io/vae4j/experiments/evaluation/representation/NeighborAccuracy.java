package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Findings;

/** How often the nearest training codes have the class of a test example. */
public final class NeighborAccuracy extends ClassAccuracy {

    private static final Setting NEIGHBORS = new Setting("k", 5, 1, "how many neighbors vote");

    public NeighborAccuracy() {
        super("knn", "Nearest neighbors among the codes", NEIGHBORS);
    }

    @Override
    Findings accuracies(Findings none, EvaluationSubject subject, Settings chosen, int count) {
        LabeledFeatures codes = LabeledFeatures.of(subject, SplitFeatures.CODES, count);
        int most = Math.min(chosen.of(NEIGHBORS), codes.training().count());
        Findings found = none;
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
        return found;
    }

    @Override
    String how(int count) {
        return "among " + count + " training examples, by the Euclidean distance between codes as they are";
    }
}
