package io.vae4j.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.function.Function;

/**
 * Numbers of an array on the host. To read one of another device, DJL makes a copy that lives as long as the array's
 * owner: what is read again and again from arrays that live long is read here.
 */
public final class HostCopy {

    private HostCopy() {}

    /** A copy in the host's memory, with the array's owner; it is the caller's to close. */
    public static NDArray of(NDArray array) {
        return isOnHost(array) ? array.duplicate() : array.toDevice(Device.cpu(), true);
    }

    /**
     * Reads numbers, and leaves nothing behind.
     *
     * @param reading such as {@code NDArray::toDoubleArray}
     */
    public static <T> T read(NDArray array, Function<NDArray, T> reading) {
        if (isOnHost(array)) {
            return reading.apply(array);
        }
        try (NDArray copy = of(array)) {
            return reading.apply(copy);
        }
    }

    private static boolean isOnHost(NDArray array) {
        return !array.getDevice().isGpu();
    }
}
