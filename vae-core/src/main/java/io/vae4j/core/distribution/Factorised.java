package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import java.util.Optional;

/** A distribution whose event elements are independent, so that densities and divergences exist per element. */
public interface Factorised extends Distribution {

    /** The log density of each element, [K, B, ...event], nats. */
    NDArray logProbEach(NDArray value);

    /** The closed KL of each element, [K or 1, B, ...event], nats; empty where no closed form is known. */
    Optional<NDArray> klEach(Distribution other);

    @Override
    default NDArray logProb(NDArray value) {
        return Ops.sumEvents(logProbEach(value), eventRank());
    }

    @Override
    default Optional<NDArray> kl(Distribution other) {
        return klEach(other).map(each -> Ops.sumEvents(each, eventRank()));
    }
}
