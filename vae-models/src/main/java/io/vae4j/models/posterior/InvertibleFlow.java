package io.vae4j.models.posterior;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Pass;

/** A flow whose inverse can be computed exactly, so that its density is known at any point, not only at its draws. */
public interface InvertibleFlow extends Flow {

    /**
     * The z that {@link #transform} maps to {@code value}.
     *
     * @param value [K, B, D]
     * @param context the encoder's features, [K or 1, B, F]
     * @return z, with the {@code log|det d value/dz|} of the forward map at z; a draw whose inverse overflows is
     *     infinite and passes no gradient
     */
    Transformed invert(Pass pass, NDArray value, NDArray context);
}
