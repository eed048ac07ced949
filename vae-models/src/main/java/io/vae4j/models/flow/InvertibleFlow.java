package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Pass;

/** A flow whose inverse can be computed exactly, so that its density is known at any point, not only at its samples. */
public interface InvertibleFlow extends Flow {

    /**
     * The z that {@link #transform} maps to {@code value}.
     *
     * @param value [K, B, D]
     * @param context the encoder's features, [K or 1, B, F]
     * @return z, with the {@code log|det d value/dz|} of the forward map at z; a sample whose inverse overflows is
     *     infinite and passes no gradient
     */
    Transformed invert(Pass pass, NDArray value, NDArray context);
}
