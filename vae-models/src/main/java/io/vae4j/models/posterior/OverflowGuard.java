package io.vae4j.models.posterior;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.torch.TorchFunction;

/**
 * What keeps overflow out of a gradient: a draw that overflows is replaced by zeros <b>before</b> the next operation
 * reads it, and the result by minus infinity after it. Either alone would leave 0 times infinity, which is NaN, to the
 * walk back.
 */
final class OverflowGuard {

    /** What float32 can square, sum and differentiate; what is no number does not fit either. */
    private static final String FITS = "torch.le(torch.abs(torch.detach(z)), 1e15)";

    private static final TorchFunction ALIVE = TorchFunction.of("z", "torch.all(" + FITS + ", -1, True)");
    private static final TorchFunction STILL_ALIVE = TorchFunction.of(
            "z, alive, place",
            "torch.logical_and(alive, torch.all(torch.logical_or(torch.logical_not(place), " + FITS + "), -1, True))");
    private static final TorchFunction PLACED =
            TorchFunction.of("z, others, place", "torch.where(torch.logical_and(place, " + FITS + "), z, others)");
    private static final TorchFunction OR_ZERO =
            TorchFunction.of("z, alive", "torch.where(alive, z, torch.zeros_like(z))");
    private static final TorchFunction OR_INFINITE =
            TorchFunction.of("z, alive", "torch.where(alive, z, torch.full_like(z, float(\"inf\")))");
    private static final TorchFunction OR_IMPOSSIBLE = TorchFunction.of(
            "p, alive", "torch.where(torch.squeeze(alive, -1), p, torch.full_like(p, float(\"-inf\")))");

    private OverflowGuard() {}

    /** Which draws fit, [K, B, 1], for z [K, B, D]. */
    static NDArray alive(NDArray z) {
        return ALIVE.apply(z);
    }

    /** Those of them whose element at a place, [D], fits as well. */
    static NDArray stillAlive(NDArray alive, NDArray z, NDArray place) {
        return STILL_ALIVE.apply(z, alive, place);
    }

    /** The others, with the element at a place taken from z where it fits. */
    static NDArray placed(NDArray z, NDArray others, NDArray place) {
        return PLACED.apply(z, others, place);
    }

    /** Zeros in place of draws that do not fit; no gradient passes there. */
    static NDArray orZero(NDArray z, NDArray alive) {
        return OR_ZERO.apply(z, alive);
    }

    /** Infinity in place of draws that do not fit; no gradient passes there. */
    static NDArray orInfinite(NDArray z, NDArray alive) {
        return OR_INFINITE.apply(z, alive);
    }

    /** Minus infinity in place of the log density, [K, B], of draws that do not fit; no gradient passes there. */
    static NDArray orImpossible(NDArray logDensity, NDArray alive) {
        return OR_IMPOSSIBLE.apply(logDensity, alive);
    }
}
