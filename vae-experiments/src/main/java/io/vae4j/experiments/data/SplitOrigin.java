package io.vae4j.experiments.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Where the examples of a split came from.
 *
 * @param from {@code given} by the data, or {@code train}: set aside of the examples to train on
 * @param share of these
 * @param seed by which they were chosen; it is not the run's
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SplitOrigin(String from, Optional<Double> share, Optional<Long> seed) {

    /** By the data themselves. */
    public static SplitOrigin given() {
        return new SplitOrigin("given", Optional.empty(), Optional.empty());
    }

    /** A share of the examples to train on. */
    public static SplitOrigin shareOfTraining(double share, long seed) {
        return new SplitOrigin("train", Optional.of(share), Optional.of(seed));
    }
}
