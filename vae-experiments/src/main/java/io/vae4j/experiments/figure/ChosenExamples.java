package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.training.Minibatch;
import java.util.List;
import java.util.stream.IntStream;

/** Which test examples a figure shows. */
final class ChosenExamples {

    private ChosenExamples() {}

    /**
     * The places of those that the user chose, or of the first ones.
     *
     * @param usual how many where the user says nothing
     * @throws InvalidInput if a chosen one does not exist
     */
    static List<Integer> of(Subject run, FigureOptions options, int usual) {
        for (int place : options.chosen()) {
            if (place >= run.count()) {
                throw new InvalidInput(
                        "there is no test example " + place + " among " + run.count(),
                        "--choose",
                        "give places from 0 to " + (run.count() - 1));
            }
        }
        int count = Math.min(options.examples().orElse(usual), run.count());
        return options.chosen().isEmpty() ? IntStream.range(0, count).boxed().toList() : options.chosen();
    }

    /** Examples at certain places as the model sees them, each binarized as it is alone, whatever the others are. */
    static Minibatch batch(Subject run, NDManager owner, List<Integer> places, long seed) {
        NDList values = new NDList();
        NDList conditions = new NDList();
        for (int place : places) {
            Minibatch example = run.examples(owner, place, place + 1, seed);
            values.add(example.x());
            if (example.condition() instanceof Condition.Given given) {
                conditions.add(given.values());
            }
        }
        return new Minibatch(
                NDArrays.concat(values),
                conditions.isEmpty() ? Condition.none() : Condition.given(NDArrays.concat(conditions)));
    }
}
