package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A block that is initialized by being run once on zeros: each part gets parameters that fit what it is applied to, in
 * the order in which the parts are applied.
 */
abstract class DryRunBlock extends AbstractBlock {

    /** Of a part that was never told its inputs. */
    private static final Shape[] UNKNOWN = {};

    private boolean initializing;

    DryRunBlock(byte version) {
        super(version);
    }

    /**
     * What DJL's untyped {@code forward} answers.
     *
     * @param inputs the input, and the condition after it where there is one
     */
    protected abstract NDList untyped(Pass pass, NDList inputs);

    /**
     * Applies every part that owns parameters, in the order in which they are to be initialized: by default, what
     * {@code forward} applies.
     *
     * @param inputs zeros, for one example
     */
    protected void dryRun(Pass pass, NDList inputs) {
        untyped(pass, inputs);
    }

    /** Initializes this block and its parts, or leaves all of them as they were. */
    @Override
    public void initialize(NDManager manager, DataType type, Shape... inputs) {
        List<Runnable> undoing = new ArrayList<>();
        remember(this, undoing);
        initializing = true;
        try {
            check(type, inputs);
            super.initialize(manager, type, inputs);
        } catch (RuntimeException | Error e) {
            undoing.forEach(Runnable::run);
            throw e;
        } finally {
            initializing = false;
        }
    }

    /** Has the parameters looked at that this block is about to make. */
    private void check(DataType type, Shape... inputs) {
        if (ParameterCheck.Running.isWanted() && !isInitialized()) {
            beforeInitialize(inputs);
            prepare(inputs);
            ParameterCheck.Running.before(this, type);
        }
    }

    /** Notes how to bring a block and its parts back to what they are now. */
    private static void remember(Block block, List<Runnable> undoing) {
        if (block instanceof DryRunBlock ours) {
            Shape[] shapes = ours.inputShapes;
            List<String> names = ours.inputNames;
            undoing.add(() -> {
                ours.inputShapes = shapes;
                ours.inputNames = names;
            });
        }
        block.getDirectParameters().values().stream()
                .filter(parameter -> !parameter.isInitialized())
                .forEach(parameter -> undoing.add(parameter::close));
        block.getChildren().values().forEach(child -> remember(child, undoing));
    }

    /** Initializes the children by a dry run; those that are initialized or loaded already keep their values. */
    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        if (!getChildren().isEmpty()) {
            DryRun.initialize(this, manager, type, inputs);
        }
    }

    /** The shapes of what {@link #untyped} answers, by a dry run. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return inputs.length == 0 ? UNKNOWN : DryRun.outputShapes(this, inputs);
    }

    /**
     * Says what this block is applied to, at the start of a typed method: in a dry run, a block that is not initialized
     * is initialized for it. In any other pass nothing happens. A block needs it only if the shapes of its own
     * parameters depend on the input, or if it asks for its input's shapes later.
     *
     * @param x [..., ...X]
     * @param eventRank the number of axes of X
     */
    protected final void appliedTo(Pass pass, NDArray x, int eventRank) {
        appliedTo(pass, () -> InputShapes.event(x, eventRank));
    }

    /**
     * The same for a typed method that takes samples for a batch of examples.
     *
     * @param inputs each [K, B, ...X]
     */
    protected final void appliedTo(Pass pass, Condition condition, NDArray... inputs) {
        appliedTo(pass, () -> InputShapes.examples(condition, inputs));
    }

    /** The same for input shapes that the block knows by itself. */
    protected final void appliedTo(Pass pass, Shape... inputs) {
        appliedTo(pass, () -> inputs);
    }

    private void appliedTo(Pass pass, Supplier<Shape[]> inputs) {
        if (!initializing) {
            pass.parameters().applied(this, inputs);
        }
    }

    /**
     * A part, about to be applied: the same for a block that does not call {@link #appliedTo} itself, such as one that
     * is no TypedBlock.
     *
     * @param inputs each [K, B, ...X]
     */
    protected static <B extends Block> B ready(Pass pass, B part, Condition condition, NDArray... inputs) {
        pass.parameters().applied(part, () -> InputShapes.examples(condition, inputs));
        return part;
    }

    /** Sizes the parameters and makes none; false if this block knows its inputs already. */
    final boolean foretell(Supplier<Shape[]> inputs) {
        if (inputShapes != null) {
            return false;
        }
        inputShapes = inputs.get();
        prepare(inputShapes);
        return true;
    }

    /** Undoes {@link #foretell}. */
    final void forget() {
        inputShapes = null;
    }

    /** Ends the initialization of a part that was applied, if at all, without being told to what. */
    final void complete(InitializingParameters parameters) {
        inputShapes = inputShapes == null ? UNKNOWN : inputShapes;
        parameters.complete(this);
    }

    /**
     * Refuses data and conditions that do not fit the shapes this block was initialized with, before the engine does so
     * in its own words. Looks at shapes only, never at the device.
     *
     * @param x [B, ...X]
     */
    protected final void requireFit(NDArray x, Condition condition) {
        new InputShapes(List.of(expectedShapes())).require(x, condition);
    }

    /** Refuses a condition of another width than this block was initialized with, or one where there should be none. */
    protected final void requireFit(Condition condition) {
        new InputShapes(List.of(expectedShapes())).require(condition);
    }

    /**
     * Refuses an array whose event axes are not those this block was initialized with.
     *
     * @param what the array's name in the message, in the plural
     * @param leading how many axes stand before the event's: 1 for [B, ...], 2 for [K, B, ...]
     */
    protected final void requireEvent(String what, NDArray value, int leading) {
        new InputShapes(List.of(expectedShapes())).requireEvent(what, value, leading);
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
        if (inputShapes.length == 0) {
            throw new IllegalStateException("a " + getClass().getSimpleName() + " asks for its input's shapes and was"
                    + " not told them; begin its typed methods with appliedTo");
        }
        return inputShapes;
    }
}
