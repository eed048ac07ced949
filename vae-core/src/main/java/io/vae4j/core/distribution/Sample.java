package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import java.util.Optional;

/**
 * Samples, with their log density where there is one.
 *
 * @param value z, [K, B, ...Z]
 * @param logProb log q(z) = log p(eps) - log|det dz/deps|, [K, B], nats, computed when first asked for; empty for a
 *     point mass
 * @param codes the indices of a discrete latent, [K, B, ...positions]; empty for a continuous one
 */
public record Sample(NDArray value, Optional<Memoized<NDArray>> logProb, Optional<NDArray> codes) {

    /** A continuous sample with its log density. */
    public static Sample of(NDArray value, Memoized<NDArray> logProb) {
        return new Sample(value, Optional.of(logProb), Optional.empty());
    }

    /** A sample with no density: a point mass, or one whose density nobody needs. */
    public static Sample of(NDArray value) {
        return new Sample(value, Optional.empty(), Optional.empty());
    }

    /** The shape of {@code samples} samples from parameters of shape [K or 1, B, ...event]. */
    public static Shape shape(NDArray parameter, long samples) {
        long[] shape = parameter.getShape().getShape().clone();
        if (samples < 1) {
            throw new IllegalArgumentException(samples + " samples were asked for; expected at least 1");
        }
        if (shape[0] != 1 && samples != 1) {
            throw new IllegalArgumentException("the parameters already hold " + shape[0] + " samples and " + samples
                    + " more were asked for each; ask for 1 below the first stochastic layer");
        }
        shape[0] *= samples;
        return new Shape(shape);
    }
}
