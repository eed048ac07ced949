package io.vae4j.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One forward pass on zeros, for the sake of the shapes that it meets. It takes no gradient, its noise is zero, and
 * what it makes is freed with it.
 */
final class DryRun {

    private DryRun() {}

    /** Initializes the parts of a block by what each is applied to, in the order in which they are. */
    static void initialize(DryRunBlock block, NDManager owner, DataType type, Shape... inputs) {
        try (NDManager scratch = owner.newSubManager()) {
            InitializingParameters parameters = new InitializingParameters(scratch, owner, type);
            Shape[] one = Arrays.stream(inputs).map(DryRun::single).toArray(Shape[]::new);
            run(parameters, scratch, pass -> block.dryRun(pass, zeros(scratch, type, one)));
            parameters.complete(block);
        }
        // parts that were loaded beforehand are none that this run made
        Reloading.wantGradients(block);
    }

    /** The shapes of a block's untyped answer; the block may be initialized or not. */
    static Shape[] outputShapes(DryRunBlock block, Shape... inputs) {
        Optional<NDArray> known = block.getParameters().values().stream()
                .filter(Parameter::isInitialized)
                .map(Parameter::getArray)
                .findFirst();
        DataType type = known.map(NDArray::getDataType).orElse(DataType.FLOAT32);
        Shape[][] answer = new Shape[1][];
        try (NDManager scratch = known.map(array -> array.getManager().newSubManager())
                        .orElseGet(() -> NDManager.newBaseManager(Device.cpu()));
                ForetoldParameters parameters = new ForetoldParameters(scratch, type)) {
            parameters.applied(block, () -> inputs);
            run(
                    parameters,
                    scratch,
                    pass -> answer[0] =
                            block.untyped(pass, zeros(scratch, type, inputs)).getShapes());
        }
        return answer[0];
    }

    private static void run(BatchParameters parameters, NDManager scratch, Consumer<Pass> forward) {
        WithoutGradient.run(() -> forward.accept(Pass.evaluation(parameters, scratch, ZeroNoise.INSTANCE)));
    }

    private static NDList zeros(NDManager scratch, DataType type, Shape... shapes) {
        return new NDList(
                Arrays.stream(shapes).map(shape -> scratch.zeros(shape, type)).toArray(NDArray[]::new));
    }

    /** The shape of one example; DJL's trainers initialize a block with the shapes of a batch. */
    private static Shape single(Shape batch) {
        return new Shape(1).addAll(batch.slice(1));
    }
}
