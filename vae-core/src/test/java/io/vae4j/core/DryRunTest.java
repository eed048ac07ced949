package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class DryRunTest extends EngineTest {

    private static final Shape[] INPUT = {new Shape(1, 3)};

    @Test
    void aPartIsSizedByWhatItIsAppliedTo() {
        Scale part = new Scale(Initializer.ONES);
        initialize(around(List.of(part), (pass, x) -> part.apply(pass, x.concat(x, 1))), DataType.FLOAT64);

        assertThat(part.gain.getArray().getShape()).isEqualTo(new Shape(6));
        assertThat(part.gain.getArray().getDataType()).isEqualTo(DataType.FLOAT64);
        assertThat(part.gain.getArray().hasGradient()).isTrue();
        assertThat(part.describeInput().values()).containsExactly(new Shape(1, 6));
    }

    @Test
    void partsAreInitializedInTheOrderInWhichTheyAreApplied() {
        List<String> order = new ArrayList<>();
        Scale one = new Scale(noting("one", order));
        Scale two = new Scale(noting("two", order));
        initialize(around(List.of(one, two), (pass, x) -> one.apply(pass, two.apply(pass, x))), DataType.FLOAT32);

        assertThat(order).containsExactly("two", "one");
    }

    @Test
    void theEnginesGeneratorStaysWhereItIs() {
        Scale part = new Scale(Initializer.ONES);
        Engine.getInstance().setRandomSeed(5);
        float[] expected = manager.randomNormal(new Shape(3)).toFloatArray();
        Engine.getInstance().setRandomSeed(5);
        initialize(
                around(List.of(part), (pass, x) -> {
                    NDArray eps = pass.noise().normal(x.getShape(), x);
                    assertThat(eps.toFloatArray()).containsOnly(0);
                    return part.apply(pass, x.add(eps).add(pass.noise().uniform(x.getShape(), x)));
                }),
                DataType.FLOAT32);

        assertThat(manager.randomNormal(new Shape(3)).toFloatArray()).isEqualTo(expected);
    }

    @Test
    void aPartThatIsInitializedStaysAsItIs() {
        Scale part = new Scale(new NormalInitializer(1));
        part.initialize(manager, DataType.FLOAT32, INPUT);
        NDArray before = part.gain.getArray();
        Scale fresh = new Scale(Initializer.ONES);
        initialize(around(List.of(part, fresh), (pass, x) -> fresh.apply(pass, part.apply(pass, x))), DataType.FLOAT32);

        assertThat(part.gain.getArray()).isSameAs(before);
        assertThat(fresh.isInitialized()).isTrue();
    }

    @Test
    void nothingIsLeftOfItButTheParameters() {
        Scale part = new Scale(Initializer.ONES);
        try (BaseNDManager own = (BaseNDManager) manager.newSubManager()) {
            JniUtils.setGradMode(true);
            around(List.of(part), part::apply).initialize(own, DataType.FLOAT32, INPUT);

            assertThat(own.getManagedArrays()).containsExactly(part.gain.getArray());
            assertThat(JniUtils.isGradMode()).isTrue();
        }
    }

    @Test
    void theExampleIsOneWhateverTheBatch() {
        List<Shape> seen = new ArrayList<>();
        Scale part = new Scale(Initializer.ONES);
        Block block = around(List.of(part), (pass, x) -> {
            seen.add(x.getShape());
            return part.apply(pass, x);
        });
        block.initialize(manager, DataType.FLOAT32, new Shape(64, 3));

        assertThat(seen).containsExactly(new Shape(1, 3));
    }

    @Test
    void djlsOwnBlocksAreInitializedForWhatTheyAreAppliedTo() {
        Linear linear = Linear.builder().setUnits(2).build();
        Block block = around(
                List.of(linear),
                (pass, x) -> pass.forward(linear, new NDList(x.concat(x, 1))).singletonOrThrow());
        initialize(block, DataType.FLOAT64);
        NDArray output = block.forward(
                        new ParameterStore(manager, false),
                        new NDList(manager.ones(new Shape(4, 3), DataType.FLOAT64)),
                        true)
                .singletonOrThrow();

        assertThat(linear.getParameters().get("weight").getArray().getShape()).isEqualTo(new Shape(2, 6));
        assertThat(output.getShape()).isEqualTo(new Shape(4, 2));
        assertThat(output.getDataType()).isEqualTo(DataType.FLOAT64);
    }

    @Test
    void ourBlocksArePartsOfDjlsOwn() {
        Scale inner = new Scale(Initializer.ONES);
        SequentialBlock sequence = new SequentialBlock()
                .add(Linear.builder().setUnits(5).build())
                .add(around(List.of(inner), (pass, x) -> inner.apply(pass, x.concat(x, 1))))
                .add(Linear.builder().setUnits(2).build());
        initialize(sequence, DataType.FLOAT32);

        assertThat(inner.gain.getArray().getShape()).isEqualTo(new Shape(10));
        assertThat(sequence.isInitialized()).isTrue();
        assertThat(sequence.getOutputShapes(INPUT)).containsExactly(new Shape(1, 2));
    }

    @Test
    void outputShapesAreKnownBeforehandAndInitializeNothing() {
        Scale part = new Scale(Initializer.ONES);
        Linear linear = Linear.builder().setUnits(2).build();
        Block block = around(
                List.of(part, linear),
                (pass, x) ->
                        pass.forward(linear, new NDList(part.apply(pass, x))).singletonOrThrow());

        assertThat(block.getOutputShapes(new Shape[] {new Shape(7, 3)})).containsExactly(new Shape(7, 2));
        assertThat(part.isInitialized() || linear.isInitialized() || block.isInitialized())
                .isFalse();
        assertThatThrownBy(part::describeInput).isInstanceOf(IllegalStateException.class);
        initialize(block, DataType.FLOAT64);
        assertThat(block.getOutputShapes(new Shape[] {new Shape(7, 3)})).containsExactly(new Shape(7, 2));
    }

    @Test
    void aPartThatIsNeverAppliedIsInitializedIfItsShapesAreDeclared() {
        Memory memory = new Memory();
        Block block = around(List.of(around(List.of(memory), (pass, x) -> x)), (pass, x) -> x);
        initialize(block, DataType.FLOAT32);

        assertThat(memory.sum.getArray().getShape()).isEqualTo(new Shape(2));
        assertThat(memory.isInitialized()).isTrue();
        assertThat(block.toString()).contains("part0");
    }

    @Test
    void aPartThatIsNeverAppliedAndHasNoShapesIsRefused() {
        for (Block part : List.of(
                new Scale(Initializer.ONES), Linear.builder().setUnits(2).build())) {
            assertThatThrownBy(() -> initialize(around(List.of(part), (pass, x) -> x), DataType.FLOAT32))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the part 01part0 of a Around was not applied")
                    .hasMessageContaining("dryRun");
        }
    }

    @Test
    void aBlockOfDjlsThatIsCalledPastThePassIsRefusedWithTheRemedy() {
        Linear linear = Linear.builder().setUnits(2).build();
        Block block = around(
                List.of(linear),
                (pass, x) -> linear.forward(pass.store(), new NDList(x), pass.training())
                        .singletonOrThrow());

        assertThatThrownBy(() -> initialize(block, DataType.FLOAT32))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pass.forward");
    }

    @Test
    void aBlockThatWasClearedIsInitializedAgain() {
        Scale part = new Scale(Initializer.ONES);
        Block block = around(List.of(part), part::apply);
        initialize(block, DataType.FLOAT32);
        block.clear();
        assertThat(block.isInitialized()).isFalse();
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 4));

        assertThat(part.gain.getArray().getShape()).isEqualTo(new Shape(4));
    }

    @Test
    void aFrozenPassInitializesAsWell() {
        Scale part = new Scale(Initializer.ONES);
        initialize(around(List.of(part), (pass, x) -> part.apply(pass.frozen(), x)), DataType.FLOAT32);

        assertThat(part.gain.getArray().hasGradient()).isTrue();
    }

    private void initialize(Block block, DataType type) {
        block.initialize(manager, type, INPUT);
    }

    private static Initializer noting(String name, List<String> order) {
        return (owner, shape, type) -> {
            order.add(name);
            return owner.ones(shape, type);
        };
    }

    private static Around around(List<? extends Block> parts, BiFunction<Pass, NDArray, NDArray> forward) {
        return new Around(parts, forward);
    }

    /** Parts and what is done with them: it says nothing of shapes. */
    private static final class Around extends TypedBlock {
        private final BiFunction<Pass, NDArray, NDArray> forward;

        Around(List<? extends Block> parts, BiFunction<Pass, NDArray, NDArray> forward) {
            this.forward = forward;
            for (int i = 0; i < parts.size(); i++) {
                child("part" + i, parts.get(i));
            }
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(forward.apply(pass, inputs.head()));
        }
    }

    /** A leaf whose parameter is as long as its input. */
    private static final class Scale extends TypedBlock {
        private final Parameter gain;

        Scale(Initializer initializer) {
            gain = parameter("gain", Parameter.Type.OTHER, initializer);
        }

        NDArray apply(Pass pass, NDArray x) {
            appliedTo(pass, x, 1);
            return x.mul(pass.value(gain));
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(apply(pass, inputs.head()));
        }

        @Override
        protected void prepare(Shape[] inputs) {
            gain.setShape(inputs[0].slice(1));
        }
    }

    /** State that only training touches. */
    private static final class Memory extends TypedBlock {
        private final Parameter sum = state("sum", new Shape(2), Initializer.ZEROS);

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(pass.value(sum));
        }
    }
}
