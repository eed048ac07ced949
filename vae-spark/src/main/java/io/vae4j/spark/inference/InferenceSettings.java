package io.vae4j.spark.inference;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceRequest;
import java.util.Optional;

/**
 * How rows are put to a model.
 *
 * @param device of each executor
 * @param labels the column of classes, by name, for a conditional model
 * @param condition the class that all rows are said to be of, by name or number; empty for each one's own
 * @param index a column of whole numbers from 0 that choose what is drawn for a row; empty for the place in Parquet
 *     files
 * @param most rows with an index below this one are asked about, others left out
 * @param seed of the binarization and the samples
 */
record InferenceSettings(
        DeviceRequest device,
        Optional<String> labels,
        Optional<String> condition,
        Optional<String> index,
        long most,
        long seed) {

    static InferenceSettings usual() {
        return new InferenceSettings(
                DeviceRequest.parse("auto"), Optional.empty(), Optional.empty(), Optional.empty(), Long.MAX_VALUE, 0);
    }

    /** @throws InvalidInput if this is no device */
    InferenceSettings onDevice(String other) {
        return new InferenceSettings(DeviceRequest.parse(other), labels, condition, index, most, seed);
    }

    InferenceSettings withLabels(String column) {
        return new InferenceSettings(device, Optional.of(column), condition, index, most, seed);
    }

    InferenceSettings withCondition(String name) {
        return new InferenceSettings(device, labels, Optional.of(name), index, most, seed);
    }

    InferenceSettings indexedBy(String column) {
        return new InferenceSettings(device, labels, condition, Optional.of(column), most, seed);
    }

    InferenceSettings upTo(long index) {
        return new InferenceSettings(device, labels, condition, this.index, index, seed);
    }

    InferenceSettings withSeed(long other) {
        return new InferenceSettings(device, labels, condition, index, most, other);
    }
}
