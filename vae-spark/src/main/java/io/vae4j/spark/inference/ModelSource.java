package io.vae4j.spark.inference;

import io.vae4j.experiments.device.DeviceRequest;
import java.io.Serializable;
import java.util.TreeMap;
import org.apache.spark.broadcast.Broadcast;

/**
 * How an executor comes by a model.
 *
 * @param sha256 of the run's files, by which a process knows a model that it has loaded
 * @param files of the run by name, fetched once for each process, by those that have not loaded it
 * @param epoch of the weights
 * @param device as the user asks for it, such as {@code auto}
 * @param version of the driver, which executors must share
 */
record ModelSource(String sha256, Broadcast<TreeMap<String, byte[]>> files, int epoch, String device, String version)
        implements Serializable {

    /** What the user asks for. */
    DeviceRequest deviceRequest() {
        return DeviceRequest.parse(device);
    }
}
