package io.vae4j.experiments.recipe;

import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Dataset;
import java.util.function.Supplier;

/**
 * What a model is built for.
 *
 * @param data what it must know of the data
 * @param mean the mean of the training data, [event], from which some parts start; computed when it is asked for
 */
public record ModelContext(DataSummary data, Supplier<float[]> mean) {

    /** For data that are there. */
    public static ModelContext of(Dataset data) {
        return new ModelContext(data.summary(), () -> data.train().values().mean());
    }

    /** For weights that are loaded: where they would have started does not matter. */
    public static ModelContext withoutData(DataSummary data) {
        return new ModelContext(data, () -> new float[Math.toIntExact(data.dimensions())]);
    }
}
