package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.vae4j.core.torch.SymbolicOwner;
import java.util.function.Supplier;

/**
 * The parameters as one batch sees them: every array that it hands out belongs to the batch, so that results of
 * operations on it are freed with the batch. In DJL a result belongs to the manager of its left operand.
 */
public abstract class BatchParameters extends ParameterStore {

    private final NDManager batch;

    /** @param batch owns what is handed out */
    protected BatchParameters(NDManager batch) {
        super(batch, false);
        this.batch = batch;
    }

    /** Views of the parameters that another store knows; a store of this kind is returned as it is. */
    public static BatchParameters of(ParameterStore source, NDManager batch) {
        return source instanceof BatchParameters ours ? ours : new AliasStore(source, batch);
    }

    /** The values of the parameters that another store knows, as constants. */
    public static BatchParameters frozen(ParameterStore source, NDManager batch) {
        return new FrozenStore(of(source, batch), batch);
    }

    /** The same memory as an array of the batch's. */
    final NDArray owned(NDArray value) {
        if (batch instanceof SymbolicOwner symbolic) {
            return symbolic.symbolic(value);
        }
        NDArray alias = value.reshape(value.getShape());
        alias.attach(batch);
        return alias;
    }

    /** Tells what a block is applied to, which only a dry run wants to know: it sizes the block's parameters by it. */
    void applied(Block block, Supplier<Shape[]> inputs) {}

    /** The answer of a block that may be one of DJL's own. */
    NDList forward(Block block, NDList inputs, Mode mode) {
        applied(block, inputs::getShapes);
        return block.forward(this, inputs, mode == Mode.TRAIN);
    }
}
