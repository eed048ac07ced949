package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Lazy;
import java.util.Optional;

/**
 * Draws, with their log density where there is one.
 *
 * @param value z, [K, B, ...Z]
 * @param logProb log q(z) = log p(eps) - log|det dz/deps|, [K, B], nats, computed when first asked for; empty for a
 *     point mass
 * @param codes the indices of a discrete latent, [K, B, ...positions]; empty for a continuous one
 */
public record Draw(NDArray value, Optional<Lazy<NDArray>> logProb, Optional<NDArray> codes) {

    /** A continuous draw with its log density. */
    public static Draw of(NDArray value, Lazy<NDArray> logProb) {
        return new Draw(value, Optional.of(logProb), Optional.empty());
    }

    /** A draw with no density: a point mass, or one whose density nobody needs. */
    public static Draw of(NDArray value) {
        return new Draw(value, Optional.empty(), Optional.empty());
    }

    /** The shape of {@code draws} draws from parameters of shape [K or 1, B, ...event]. */
    public static Shape shape(NDArray parameter, long draws) {
        long[] shape = parameter.getShape().getShape().clone();
        if (draws < 1) {
            throw new IllegalArgumentException(draws + " draws were asked for; expected at least 1");
        }
        if (shape[0] != 1 && draws != 1) {
            throw new IllegalArgumentException("the parameters already hold " + shape[0] + " draws and " + draws
                    + " more were asked for each; ask for 1 below the first stochastic layer");
        }
        shape[0] *= draws;
        return new Shape(shape);
    }
}
