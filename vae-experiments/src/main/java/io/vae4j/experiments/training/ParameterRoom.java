package io.vae4j.experiments.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.vae4j.core.ParameterCheck;
import io.vae4j.experiments.Bytes;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceMemory;
import java.util.Locale;

/**
 * The memory that a model's parameters may take. A model shows its parameters' shapes when it is initialized, one after
 * the other: each is counted before it is made, so that one that does not fit is told and not tried.
 */
final class ParameterRoom {

    /** To look at a model: its weights. */
    static final int WEIGHTS = 1;

    /** To train it: weights, gradients and Adam's two moments. */
    static final int TRAINED = 4;

    private final long room;
    private final int copies;
    private double numbers;

    /**
     * @param room in bytes
     * @param copies how many numbers there are for each parameter's
     */
    ParameterRoom(long room, int copies) {
        this.room = room;
        this.copies = copies;
    }

    /** What is free of a device's memory. */
    static ParameterRoom on(Device device, int copies) {
        return new ParameterRoom(DeviceMemory.available(device).orElse(Long.MAX_VALUE), copies);
    }

    /**
     * Initializes a model.
     *
     * @throws InvalidInput if its parameters do not fit; it has none then
     */
    void initialize(Block model, NDManager owner, DataType type, Shape... inputs) {
        ParameterCheck fits = (parameter, asked) -> take(path(model, parameter), parameter.getShape(), asked);
        fits.during(() -> model.initialize(owner, type, inputs));
    }

    private static String path(Block model, Parameter sought) {
        return model.getParameters().stream()
                .filter(named -> named.getValue() == sought)
                .map(Pair::getKey)
                .findFirst()
                .orElseGet(sought::getName);
    }

    private void take(String name, Shape shape, DataType type) {
        double wanted = product(shape);
        double bytes = (numbers + wanted) * type.getNumOfBytes() * copies;
        if (bytes > (double) room) {
            throw new InvalidInput(
                    String.format(
                            Locale.ROOT,
                            "the model takes at least %s of memory%s, and %s are free: with %s, of shape %s, it has"
                                    + " %,.0f parameters",
                            Bytes.readable(bytes),
                            copies == TRAINED ? " to be trained (weights, gradients, two moments)" : "",
                            Bytes.readable((double) room),
                            name,
                            shape,
                            numbers + wanted),
                    "model",
                    "give it fewer units, such as by model.latent or model.network.hidden, or free memory");
        }
        numbers += wanted;
    }

    /** More than a long holds, if need be. */
    private static double product(Shape shape) {
        double product = 1;
        for (long axis : shape.getShape()) {
            product *= (double) axis;
        }
        return product;
    }
}
