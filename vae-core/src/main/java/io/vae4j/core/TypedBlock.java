package io.vae4j.core;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
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
import io.vae4j.core.torch.Aten;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A DJL block whose real interface is typed: subclasses add methods that take a {@link Pass}. DJL's untyped
 * {@code forward} stays open to code that knows only blocks, and goes through {@link #untyped}.
 *
 * <p>Input shapes are {@code x [B, ...X]} and, for a conditional model, {@code c [B, C]} after it.
 */
public abstract class TypedBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    private final List<Parameter> states = new ArrayList<>();
    private boolean frozen;

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

    /** Registers state that travels with the parameters but that no gradient moves; see {@link #assign}. */
    protected final Parameter state(String name, Initializer initializer) {
        Parameter state = addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optInitializer(initializer)
                .optRequiresGrad(false)
                .build());
        states.add(state);
        return state;
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
        if (weights instanceof OfParent || !isInitialized()) {
            super.loadParameters(manager, weights);
            return;
        }
        ParameterShapes expected = ParameterShapes.of(this);
        List<NDArray> replaced =
                getParameters().values().stream().map(Parameter::getArray).toList();
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        saveParameters(new DataOutputStream(before));
        try {
            super.loadParameters(manager, new OfParent(weights));
            expected.require(this);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            super.loadParameters(manager, new OfParent(new ByteArrayInputStream(before.toByteArray())));
            throw e;
        } finally {
            replaced.forEach(NDArray::close);
            // a loaded array does not know by itself whether a gradient is wanted
            getParameters().values().forEach(parameter -> parameter.freeze(!parameter.requiresGradient()));
        }
    }

    /** Weights that a block around this one reads and checks, so that messages have the parameters' full names. */
    private static final class OfParent extends DataInputStream {
        OfParent(InputStream weights) {
            super(weights);
        }
    }

    /** Overwrites a parameter on the pass's device, past any gradient; not before the backward pass is done. */
    protected static void assign(Pass pass, Parameter parameter, NDArray value) {
        Aten.overwrite(pass.value(parameter), value);
    }

    /** Initializes a child and returns the shape of its output, to size the next one. */
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

    /**
     * The data as one sample, [1, B, ...X]; the pass owns this view, so that everything made of it is freed with it.
     */
    protected static NDArray singleSample(Pass pass, NDArray x) {
        NDArray view = x.expandDims(0);
        view.attach(pass.batch());
        return view;
    }

    /** Refuses parts of a model that speak about events of different shapes; the batch stands in front of both. */
    protected static void requireSameEvents(String what, Shape one, String other, Shape two) {
        if (!one.slice(1).equals(two.slice(1))) {
            throw new IllegalArgumentException("the " + what + "'s events have shape " + one.slice(1) + " and the "
                    + other + " " + two.slice(1) + "; expected the same, or they would be broadcast");
        }
    }

    /** C: by how much a condition, if the input shapes hold one, widens what it joins. */
    protected static long conditionWidth(Shape... inputs) {
        return inputs.length > 1 ? inputs[1].get(1) : 0;
    }

    /**
     * Refuses data and conditions that do not fit the shapes this block was initialized with, before the engine does so
     * in its own words. Looks at shapes only, never at the device.
     *
     * @param x [B, ...X]
     */
    protected final void requireFit(NDArray x, Condition condition) {
        requireEvent("data", x, 1);
        requireFit(condition);
        if (condition instanceof Condition.Given
                && condition.batch() != x.getShape().get(0)) {
            throw new IllegalArgumentException("the condition is about " + condition.batch() + " examples and the data"
                    + " hold " + x.getShape().get(0) + "; give one row of the condition for each example");
        }
    }

    /** Refuses a condition of another width than this block was initialized with, or one where there should be none. */
    protected final void requireFit(Condition condition) {
        String remedy = "; expected " + describe(expectedShapes());
        if (condition instanceof Condition.Given given) {
            Shape shape = given.values().getShape();
            if (expectedShapes().length < 2 || shape.get(1) != expectedShapes()[1].get(1)) {
                throw new IllegalArgumentException("the condition has shape " + shape + remedy);
            }
        } else if (expectedShapes().length > 1) {
            throw new IllegalArgumentException("no condition was given" + remedy);
        }
    }

    /**
     * Refuses an array whose event axes are not those this block was initialized with.
     *
     * @param what the array's name in the message, in the plural
     * @param leading how many axes stand before the event's: 1 for [B, ...], 2 for [K, B, ...]
     */
    protected final void requireEvent(String what, NDArray value, int leading) {
        Shape event = expectedShapes()[0].slice(1);
        Shape actual = value.getShape();
        if (actual.dimension() != leading + event.dimension()
                || !Arrays.equals(actual.slice(leading).getShape(), event.getShape())) {
            String rest =
                    Arrays.stream(event.getShape()).mapToObj(n -> ", " + n).collect(Collectors.joining());
            throw new IllegalArgumentException(
                    "the " + what + " have shape " + actual + "; expected " + (leading == 1 ? "[B" : "[K, B") + rest
                            + "], since the model was initialized for it: reshape the data, or build the model for their shape");
        }
    }

    /**
     * The shapes this block was initialized or loaded with.
     *
     * @throws IllegalStateException if it was not
     */
    protected final Shape[] expectedShapes() {
        if (inputShapes == null) {
            throw new IllegalStateException("the model has no parameters yet; call initialize(manager, type, [1, ...X])"
                    + " first, with the condition's shape [1, C] after it for a conditional model");
        }
        return inputShapes;
    }

    private static String describe(Shape[] shapes) {
        return shapes.length > 1
                ? "[B, " + shapes[1].get(1) + "], as the model was initialized: one-hot labels of that many classes"
                : "none, since the model was initialized without one: pass Condition.none(), or initialize it with the"
                        + " condition's shape [1, C] after the data's";
    }
}
