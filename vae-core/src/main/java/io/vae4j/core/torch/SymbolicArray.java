package io.vae4j.core.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/** An array that has no numbers yet: what is done with it is written down, to be computed as a whole. */
public interface SymbolicArray extends NDArray {

    /** What a function makes of arrays, one of which is this. */
    NDArray apply(TorchFunction function, NDArray first, NDArray... rest);

    /** An array of one number, beside this one. */
    NDArray constant(Shape shape, double value, Device device);

    /** Goes back from this array, with a given gradient of the same shape. */
    void backward(NDArray gradient);

    /** Writes values into an array, one of which is symbolic. */
    void overwrite(NDArray target, NDArray value);

    /** The first symbolic one of some arrays. */
    static Optional<SymbolicArray> among(NDArray first, NDArray... rest) {
        if (first instanceof SymbolicArray symbolic) {
            return Optional.of(symbolic);
        }
        for (NDArray array : rest) {
            if (array instanceof SymbolicArray symbolic) {
                return Optional.of(symbolic);
            }
        }
        return Optional.empty();
    }
}
