package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import java.util.List;
import java.util.Optional;

/** A distribution over events of some rank, for K samples (or one) and B examples (or one). */
public interface Distribution {

    /** How many trailing axes make one event: 1 for vectors, 3 for images. */
    int eventRank();

    /** Where {@link #logProb} is defined. */
    Support support();

    /**
     * The log density or log probability mass.
     *
     * @param value [B, ...event] or [K, B, ...event]
     * @return [K, B], nats
     */
    NDArray logProb(NDArray value);

    /**
     * Independent samples.
     *
     * @param samples how many for each set of parameters; 1 where the parameters already have K > 1
     * @return [K, B, ...event]
     */
    NDArray sample(Noise noise, long samples);

    /**
     * The mean, [K or 1, B or 1, ...event].
     *
     * @throws UnsupportedOperationException where it has no closed form, as for a flow and mixtures of flows
     */
    NDArray mean();

    /** KL(this || other) in closed form, [K or 1, B], nats; empty where no closed form is known. */
    Optional<NDArray> kl(Distribution other);

    /** The entropy in closed form, [K or 1, B or 1], nats; empty where no closed form is known. */
    default Optional<NDArray> entropy() {
        return Optional.empty();
    }

    /** The shape of one set of samples, [K or 1, B or 1, ...event]. */
    default Shape shape() {
        return mean().getShape();
    }

    /** The parameters with their ranges, for {@link Checked#parameters}. */
    default List<Constraint> constraints() {
        return List.of();
    }
}
