package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;

/** The order in which an autoregressive network reads and predicts the elements of a vector. */
public enum Order {
    /** Element i depends on the elements before it. */
    FORWARDS,
    /** Element i depends on the elements after it. */
    BACKWARDS;

    /** The other one: neighbors in a chain of autoregressive flows differ, so that every element is reached. */
    public Order reversed() {
        return this == FORWARDS ? BACKWARDS : FORWARDS;
    }

    /** The rank of each element in this order, from ranks 1 to D in the natural one. */
    NDArray ranks(NDArray natural) {
        return this == FORWARDS ? natural : Ops.shift(natural.neg(), (double) (natural.size() + 1));
    }
}
