package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.HostCopy;
import java.util.List;

/**
 * Which steps of training were left out, since their loss or a gradient was not finite: one such step would make all
 * weights NaN for good. It is decided and counted on the device, so that no step waits for a number.
 */
public final class SkippedSteps {

    private final NDArray latest;
    private final NDArray inARow;
    /** What the kernel that finds them divides gradients by. */
    private final NDArray scale;

    /** @param owner owns the counts */
    SkippedSteps(NDManager owner) {
        latest = owner.zeros(new Shape(1), DataType.FLOAT32);
        inARow = owner.zeros(new Shape(1), DataType.FLOAT32);
        scale = owner.ones(new Shape(1), DataType.FLOAT32);
    }

    /** 1 if the latest step was left out, or else 0, [1]; overwritten by the next step. */
    public NDArray latest() {
        return latest;
    }

    /** Whether the latest step was left out; this waits for the device. */
    public boolean isLatest() {
        return HostCopy.read(latest, NDArray::getFloat) != 0;
    }

    /** How many of the latest steps were left out, one after another; this waits for the device. */
    public long inARow() {
        return HostCopy.read(inARow, NDArray::getFloat).longValue();
    }

    /**
     * What {@link AdamScript} asks for.
     *
     * @param loss of the step, [B]
     */
    List<NDArray> arguments(NDArray loss) {
        return List.of(latest, scale, inARow, loss);
    }

    /** The same without the loss. */
    List<NDArray> arrays() {
        return List.of(latest, scale, inARow);
    }
}
