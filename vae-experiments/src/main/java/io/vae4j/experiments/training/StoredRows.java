package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.time.Duration;

/** Hands out examples as they are stored, on a device, wherever they lie in between. */
interface StoredRows {

    /** How many there are. */
    int count();

    /** How an element is stored. */
    DataType type();

    /**
     * Some of them.
     *
     * @param index their places, [B], on the device; it owns what is returned
     * @param order the same on the host, of which those from {@code from} to {@code to} are taken; it must not change
     *     as long as batches of it are asked for
     * @return [B, ...X]
     */
    NDArray rows(NDArray index, long[] order, int from, int to);

    /** How long rows have been waited for so far, until they were on the device. */
    Duration waited();
}
