package io.vae4j.experiments.evaluation.representation;

import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.ExampleVectors;
import io.vae4j.experiments.training.TrainedModel;
import java.util.Arrays;

/**
 * A vector for each example of a split, of some drawn without replacement where there are more than are wanted.
 *
 * @param vectors [N][D]
 * @param classes of each, [N]; all 0 where the examples have none
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record SplitFeatures(double[][] vectors, int[] classes) {

    /** The centers of q(z|x) in the layer next to the data. */
    static final ExampleVectors.Kind CODES = (trained, data) -> trained.encode(data.x(), data.condition());

    /** The values as the model sees them: as many numbers as the examples have elements. */
    static final ExampleVectors.Kind VALUES = (trained, data) -> data.x();

    static SplitFeatures of(TrainedModel trained, ExampleVectors.Kind kind, Examples all, int most, long seed) {
        ExampleVectors read = ExampleVectors.of(trained, kind, all, most, seed);
        return new SplitFeatures(read.vectors(), classes(all, read.places()));
    }

    private static int[] classes(Examples all, int... taken) {
        return all.labels() instanceof Labels.Classes known
                ? Arrays.stream(taken).map(i -> known.of()[i]).toArray()
                : new int[taken.length];
    }

    /** N. */
    int count() {
        return vectors.length;
    }
}
