package io.vae4j.experiments.inference;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;

/**
 * How many samples of each example go through a model at a time, so that what they take is bounded, however many are
 * asked for and however many numbers describe an example.
 */
public final class SamplePortion {

    /**
     * More samples than this gain no speed where the CPU's cache is full; of models of usual size, all runs take as
     * many.
     */
    private static final long MOST = 100;
    /** A GPU needs more at once to be busy, and waits once for each portion. */
    private static final long MOST_ON_GPU = 1000;

    /** The numbers of one array, 256 MiB in float32; a likelihood holds some of that size at once. */
    private static final long NUMBERS = 1L << 26;

    private SamplePortion() {}

    /**
     * The number of samples.
     *
     * @param x [B, ...X]
     * @param device on which they are drawn
     * @return from 1 to 100, or to 1,000 on a GPU
     */
    public static long of(LatentModel model, Shape x, Device device) {
        return of(model, x, device.isGpu() ? MOST_ON_GPU : MOST);
    }

    /** As {@link #of(LatentModel, Shape, Device)}, at most {@code most}. */
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
