package io.vae4j.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.function.Supplier;

/** Initializes each block when a dry run first applies it, and a parameter of known shape when it first reads it. */
final class InitializingParameters extends BatchParameters {

    private final NDManager owner;
    private final DataType type;

    /**
     * @param scratch owns what is handed out
     * @param owner owns the parameters
     */
    InitializingParameters(NDManager scratch, NDManager owner, DataType type) {
        super(scratch);
        this.owner = owner;
        this.type = type;
    }

    @Override
    void applied(Block block, Supplier<Shape[]> inputs) {
        if (!block.isInitialized()) {
            block.initialize(owner, type, inputs.get());
        }
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return owned(initialized(parameter).getArray());
    }

    private Parameter initialized(Parameter parameter) {
        if (!parameter.isInitialized()) {
            if (parameter.getShape() == null) {
                throw new IllegalStateException("the parameter " + parameter.getName() + " is read before its shape is"
                        + " known; call DJL's own blocks by pass.forward, declare the parameter with its shape, or let"
                        + " prepare set it and begin with appliedTo");
            }
            ParameterCheck.Running.before(parameter, type);
            parameter.initialize(owner, type);
        }
        return parameter;
    }

    /** Initializes the parts that were not applied, such as running averages, whose shapes must be known by now. */
    void complete(Block block) {
        block.getChildren().forEach(child -> {
            Block part = child.getValue();
            if (part instanceof DryRunBlock ours && !ours.isInitialized()) {
                ours.getDirectParameters().values().stream()
                        .filter(parameter -> parameter.getShape() != null)
                        .forEach(this::initialized);
                ours.complete(this);
            }
            if (!part.isInitialized()) {
                throw new IllegalStateException("the part " + child.getKey() + " of a "
                        + block.getClass().getSimpleName()
                        + " was not applied in the dry run that initializes it; apply"
                        + " it in dryRun, DJL's own blocks by pass.forward, or initialize it beforehand");
            }
        });
    }
}
