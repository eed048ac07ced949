package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import java.util.Optional;

/** A distribution whose event elements are independent, so that densities and divergences exist per element. */
public interface Factorized extends Distribution {

    /** The log density of each element, [K, B, ...event], nats. */
    NDArray logProbEach(NDArray value);

    /** The closed KL of each element, [K or 1, B, ...event], nats; empty where no closed form is known. */
    Optional<NDArray> klEach(Distribution other);

    /** The closed entropy of each element, [K or 1, B or 1, ...event], nats; empty where no closed form is known. */
    default Optional<NDArray> entropyEach() {
        return Optional.empty();
    }

    @Override
    default NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        return Ops.sumEvents(logProbEach(value), eventRank());
    }

    @Override
    default Optional<NDArray> kl(Distribution other) {
        return klEach(other).map(each -> Ops.sumEvents(each, eventRank()));
    }

    @Override
    default Optional<NDArray> entropy() {
        return entropyEach().map(each -> Ops.sumEvents(each, eventRank()));
    }
}
