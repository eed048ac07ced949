package io.vae4j.core;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A DJL block whose real interface is typed: subclasses add methods that take a {@link Pass}. DJL's untyped
 * {@code forward} stays open to code that knows only blocks, and goes through {@link #untyped}.
 *
 * <p>Input shapes are {@code x [B, ...X]} and, for a conditional model, {@code c [B, C]} after it.
 */
public abstract class TypedBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    protected TypedBlock() {
        super(VERSION);
    }

    /**
     * What DJL's untyped {@code forward} answers.
     *
     * @param inputs the input, and the condition after it where there is one
     */
    protected abstract NDList untyped(Pass pass, NDList inputs);

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

    /** Registers a trainable parameter; its shape is set in {@link #prepare}. */
    protected final Parameter parameter(String name, Parameter.Type type, Initializer initializer) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optInitializer(initializer)
                .build());
    }

    /** Initialises a child and returns the shape of its output, to size the next one. */
    protected static Shape initialize(Block child, NDManager manager, DataType type, Shape... inputs) {
        child.initialize(manager, type, inputs);
        return child.getOutputShapes(inputs)[0];
    }

    /** The input shapes with another first one; what follows is the condition's shape. */
    protected static Shape[] withCondition(Shape first, Shape... inputs) {
        Shape[] shapes = inputs.clone();
        shapes[0] = first;
        return shapes;
    }
}
