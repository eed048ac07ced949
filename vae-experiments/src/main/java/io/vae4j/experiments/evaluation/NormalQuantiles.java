package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Ops;

/** Points that part the standard normal distribution into pieces of equal probability. */
public final class NormalQuantiles {

    private NormalQuantiles() {}

    /** The middles of n pieces, {@code Phi^-1((i + 1/2) / n)} for i from 0, from the lowest. */
    public static float[] middles(NDManager owner, int n) {
        try (NDManager scratch = owner.newSubManager()) {
            float outermost = 1 - 1f / n;
            // Phi^-1(p) = sqrt(2) erf^-1(2 p - 1)
            NDArray between = scratch.linspace(-outermost, outermost, n);
            return Ops.scale(between.erfinv(), Math.sqrt(2)).toFloatArray();
        }
    }
}
