package io.vae4j.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Lets a pass run before parameters exist, on zeros in their place: only the shapes of its results mean anything. */
final class ForetoldParameters extends BatchParameters implements AutoCloseable {

    private final NDManager scratch;
    private final DataType type;
    private final List<DryRunBlock> borrowed = new ArrayList<>();

    /** @param scratch owns what is handed out */
    ForetoldParameters(NDManager scratch, DataType type) {
        super(scratch);
        this.scratch = scratch;
        this.type = type;
    }

    @Override
    void applied(Block block, Supplier<Shape[]> inputs) {
        if (block instanceof DryRunBlock ours && ours.foretell(inputs)) {
            borrowed.add(ours);
        }
    }

    @Override
    NDList forward(Block block, NDList inputs, Mode mode) {
        if (block.isInitialized() || block instanceof DryRunBlock) {
            return super.forward(block, inputs, mode);
        }
        return new NDList(Arrays.stream(block.getOutputShapes(inputs.getShapes()))
                .map(shape -> scratch.zeros(shape, type))
                .toArray(NDArray[]::new));
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return parameter.isInitialized()
                ? owned(parameter.getArray())
                : scratch.zeros(Objects.requireNonNull(parameter.getShape(), parameter.getName()), type);
    }

    /** Leaves the blocks as uninitialized as they were. */
    @Override
    public void close() {
        borrowed.forEach(DryRunBlock::forget);
    }
}
