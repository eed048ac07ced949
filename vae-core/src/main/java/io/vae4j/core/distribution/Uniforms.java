package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Noise;

/**
 * Noise by inverse cumulative distribution functions, for families that are reparameterized by one: each shape is [K,
 * B, ...event] for samples from parameters of shape [K or 1, B, ...event].
 */
public final class Uniforms {

    /** The spacing of float32 below 1: what is left of 0 and 1 when their logarithms must be finite. */
    private static final double MARGIN = Math.scalb(1.0, -24);

    private Uniforms() {}

    /** Uniform on the open interval (0, 1), so that logarithms of u and 1 - u are finite in float32 and float64. */
    public static NDArray open(Noise noise, NDArray parameter, long samples) {
        return noise.uniform(Sample.shape(parameter, samples), parameter).clip(MARGIN, 1 - MARGIN);
    }

    /** Standard logistic noise, {@code log u - log(1 - u)}. */
    public static NDArray logistic(Noise noise, NDArray parameter, long samples) {
        NDArray uniform = open(noise, parameter, samples);
        return uniform.log().sub(uniform.neg().add(uniform.onesLike()).log());
    }

    /** Standard Gumbel noise, {@code -log(-log u)}. */
    public static NDArray gumbel(Noise noise, NDArray parameter, long samples) {
        return open(noise, parameter, samples).log().neg().log().neg();
    }
}
