package io.vae4j.core;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.vae4j.core.torch.Aten;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Base of all blocks here: a DJL block to which subclasses add methods with types of their own, that take a
 * {@link Pass}. DJL's untyped {@code forward} stays open to code that knows only blocks, and goes through
 * {@link #untyped}. To initialize a block is to run it once on zeros, {@link #dryRun}; nobody computes shapes.
 *
 * <p>Input shapes are {@code x [B, ...X]} and, for a conditional model, {@code c [B, C]} after it.
 */
public abstract class TypedBlock extends DryRunBlock {

    private static final byte VERSION = 1;

    private final List<Parameter> states = new ArrayList<>();
    private boolean frozen;

    protected TypedBlock() {
        super(VERSION);
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDManager owner = inputs.head().getManager();
        Pass pass =
                training ? Pass.training(store, owner, Noise.engine()) : Pass.evaluation(store, owner, Noise.engine());
        return untyped(pass, inputs);
    }

    /** The condition that an untyped call carries: its second input. */
    protected static Condition condition(NDList inputs) {
        return inputs.size() > 1 ? Condition.given(inputs.get(1)) : Condition.none();
    }

    /** Registers a child under a name, which becomes a part of its parameters' paths. */
    protected final <B extends Block> B child(String name, B block) {
        return addChildBlock(name, block);
    }

    /** Registers a trainable parameter. */
    protected final Parameter parameter(String name, Parameter.Type type, Shape shape, Initializer initializer) {
        Parameter parameter = parameter(name, type, initializer);
        parameter.setShape(shape);
        return parameter;
    }

    /** Registers a trainable parameter whose shape depends on the input: {@link #prepare} must set it. */
    protected final Parameter parameter(String name, Parameter.Type type, Initializer initializer) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optInitializer(initializer)
                .build());
    }

    /** Registers state that travels with the parameters but that no gradient moves; see {@link #assign}. */
    protected final Parameter state(String name, Shape shape, Initializer initializer) {
        Parameter state = parameter(name, Parameter.Type.OTHER, shape, initializer);
        state.freeze(true);
        states.add(state);
        return state;
    }

    /** Overwrites a parameter on the pass's device, past any gradient; not before the backward pass is done. */
    protected static void assign(Pass pass, Parameter parameter, NDArray value) {
        Aten.overwrite(pass.value(parameter), value);
    }

    /** Freezes parameters and state alike; thawing opens the parameters to gradients, and never the state. */
    @Override
    public void freezeParameters(boolean freeze) {
        super.freezeParameters(freeze);
        getChildren().values().forEach(child -> child.freezeParameters(freeze));
        states.forEach(state -> state.freeze(true));
        frozen = freeze;
    }

    /** Whether this block or one around it was frozen: its state must then stay what it is. */
    protected final boolean frozen() {
        return frozen;
    }

    /**
     * Loads what {@code saveParameters} wrote. An initialized block keeps its values when the weights do not fit it,
     * where DJL would take over parameters of any shape.
     *
     * <p>DJL gives every parameter a new array, also on the way back from a refusal. The old ones are closed: make
     * optimizers and parameter stores anew, or they fail.
     *
     * @throws MalformedModelException if a parameter has another name or another shape in the weights
     */
    @Override
    public void loadParameters(NDManager manager, DataInputStream weights) throws IOException, MalformedModelException {
        if (weights instanceof Reloading.OfParent || !isInitialized()) {
            super.loadParameters(manager, weights);
            Reloading.wantGradients(this);
        } else {
            new Reloading(this, other -> super.loadParameters(manager, other)).from(weights);
        }
    }

    /**
     * The data as one sample, [1, B, ...X]; the pass owns this view, so that everything made of it is freed with it.
     */
    protected static NDArray singleSample(Pass pass, NDArray x) {
        NDArray view = x.expandDims(0);
        view.attach(pass.batch());
        return view;
    }
}
