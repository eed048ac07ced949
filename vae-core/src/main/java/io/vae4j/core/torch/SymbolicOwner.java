package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;

/** A manager of a batch whose arrays are symbolic. */
public interface SymbolicOwner {

    /** An array with numbers as a symbolic one of this owner's. */
    NDArray symbolic(NDArray array);
}
