package io.vae4j.experiments.training;

import io.vae4j.experiments.run.Measurement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was measured in an epoch.
 *
 * @param train during the epoch, while the parameters moved
 * @param validation after it, on the examples for choosing among models; empty where the data have none
 * @param test after it; empty in a run that leaves the test examples alone
 */
public record EpochResult(Measurement train, Optional<Measurement> validation, Optional<Measurement> test) {

    /** All of them, in the order in which they are written. */
    public List<Measurement> all() {
        return Stream.of(Stream.of(train), validation.stream(), test.stream())
                .flatMap(each -> each)
                .toList();
    }
}
