package io.vae4j.experiments.inference;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;

/**
 * How many samples of each example go through a model at a time, so that what they take is bounded, however many are
 * asked for and however many numbers describe an example.
 */
public final class SamplePortion {

    /** More samples than this gain no speed; of models of usual size, all runs take as many. */
    private static final long MOST = 100;

    /** The numbers of one array, 256 MiB in float32; a likelihood holds some of that size at once. */
    private static final long NUMBERS = 1L << 26;

    private SamplePortion() {}

    /**
     * The number of samples.
     *
     * @param x [B, ...X]
     * @return from 1 to 100
     */
    public static long of(LatentModel model, Shape x) {
        return of(model, x, MOST);
    }

    /** As {@link #of(LatentModel, Shape)}, at most {@code most}. */
    public static long of(LatentModel model, Shape x, long most) {
        return fitting(x.get(0) * numbers(model, x.slice(1)), most);
    }

    /**
     * How many examples go through a model at a time, with one sample each.
     *
     * @param event the shape of one
     * @return from 1 to {@code most}
     */
    public static long examples(LatentModel model, Shape event, long most) {
        return fitting(numbers(model, event), most);
    }

    private static long numbers(LatentModel model, Shape event) {
        return model.likelihood()
                .map(Family::parametersPerEvent)
                .map(parameters -> Math.max(event.size(), parameters.orElse(0)))
                .orElse(event.size());
    }

    private static long fitting(long numbers, long most) {
        return Math.max(1, Math.min(most, NUMBERS / Math.max(1, numbers)));
    }
}
