package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.distribution.Draw;
import java.util.function.Supplier;

/**
 * What was inferred at one stochastic layer.
 *
 * @param posterior q(z|parent)
 * @param frozen the same q with its parameters (not its inputs) held constant, made when asked for
 * @param draw z ~ q, [K, B, ...Z]
 * @param latent what everything downstream sees of z: the draw's value, or a leaf copy of it
 */
public record Inference(
        ApproximatePosterior posterior, Supplier<ApproximatePosterior> frozen, Draw draw, NDArray latent) {}
