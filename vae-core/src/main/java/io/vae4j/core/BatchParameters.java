package io.vae4j.core;

import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;

/**
 * The parameters as one batch sees them: every array that it hands out belongs to the batch, so that results of
 * operations on it are freed with the batch. In DJL a result belongs to the manager of its left operand.
 */
public abstract class BatchParameters extends ParameterStore {

    /** @param batch owns what is handed out */
    protected BatchParameters(NDManager batch) {
        super(batch, false);
    }

    /** Views of the parameters that another store knows; a store of this kind is returned as it is. */
    public static BatchParameters of(ParameterStore source, NDManager batch) {
        return source instanceof BatchParameters ours ? ours : new AliasStore(source, batch);
    }

    /** The values of the parameters that another store knows, as constants. */
    public static BatchParameters frozen(ParameterStore source, NDManager batch) {
        return new FrozenStore(source, batch);
    }
}
