package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.torch.TorchFunction;

/**
 * Keeps overflow out of gradients: a sample that overflows is replaced by zeros <b>before</b> the next operation reads
 * it, and the result by minus infinity after it. Either alone would leave 0 times infinity, which is NaN, to the walk
 * back.
 */
final class OverflowGuard {

    /** What float32 can square, sum and differentiate; what is no number does not fit either. */
    private static final String FITS = "torch.le(torch.abs(torch.detach(z)), 1e15)";

    private static final TorchFunction ALIVE = TorchFunction.of("z", "torch.all(" + FITS + ", -1, True)");
    private static final TorchFunction PLACED =
            TorchFunction.of("z, others, place", "torch.where(torch.logical_and(place, " + FITS + "), z, others)");
    private static final TorchFunction OR_ZERO =
            TorchFunction.of("z, alive", "torch.where(alive, z, torch.zeros_like(z))");
    private static final TorchFunction OR_INFINITE =
            TorchFunction.of("z, alive", "torch.where(alive, z, torch.full_like(z, float(\"inf\")))");
    private static final TorchFunction OR_IMPOSSIBLE = TorchFunction.of(
            "p, alive", "torch.where(torch.squeeze(alive, -1), p, torch.full_like(p, float(\"-inf\")))");

    private OverflowGuard() {}

    /** Which samples fit, [K, B, 1], for z [K, B, D] or one element of it, [K, B, 1]. */
    static NDArray alive(NDArray z) {
        return ALIVE.apply(z);
    }

    /** The others, [K, B, D], with z, [K, B, 1], at a place, [D], where it fits. */
    static NDArray placed(NDArray z, NDArray others, NDArray place) {
        return PLACED.apply(z, others, place);
    }

    /** Zeros in place of samples that do not fit; no gradient passes there. */
    static NDArray orZero(NDArray z, NDArray alive) {
        return OR_ZERO.apply(z, alive);
    }

    /** Infinity in place of samples that do not fit; no gradient passes there. */
    static NDArray orInfinite(NDArray z, NDArray alive) {
        return OR_INFINITE.apply(z, alive);
    }

    /** Minus infinity in place of the log density, [K, B], of samples that do not fit; no gradient passes there. */
    static NDArray orImpossible(NDArray logDensity, NDArray alive) {
        return OR_IMPOSSIBLE.apply(logDensity, alive);
    }
}
