package io.vae4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.WithoutGradient;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelStateTest extends EngineTest {

    @Test
    void layersOfDjlsThatAreNamedAlikeKeepTheirNumbers() {
        Around block = initialized();

        assertThat(ModelState.tensors(block))
                .hasSize(block.getParameters().size())
                .containsOnlyKeys(
                        "net.01Linear.weight", "net.01Linear.bias", "net.03Linear.weight", "net.03Linear.bias");
    }

    @Test
    void whatIsWrittenIntoTheTensorsBringsEveryLayerBack() {
        Around block = initialized();
        Map<String, NDArray> saved = new TreeMap<>();
        ModelState.tensors(block).forEach((name, array) -> saved.put(name, array.duplicate()));
        NDArray before = answer(block);
        WithoutGradient.run(() -> block.getParameters()
                .values()
                .forEach(parameter -> parameter.getArray().addi(1f)));
        assertThat(answer(block)).isNotEqualTo(before);
        Map<String, NDArray> tensors = ModelState.tensors(block);
        saved.forEach((name, array) -> array.copyTo(tensors.get(name)));

        assertThat(answer(block)).isEqualTo(before);
    }

    @Test
    void aNameThatTwoParametersHaveIsRefused() {
        Gain dotted = new Gain();
        Nest block = new Nest("a.b", dotted, "a", new Nest("b", new Gain(), "c", new Gain()));
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 1));

        assertThatThrownBy(() -> ModelState.tensors(block))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two parameters of the model are named a.b.gain")
                .hasMessageContaining("child(name, part)");
    }

    private Around initialized() {
        Around block = new Around();
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
        return block;
    }

    private NDArray answer(Around block) {
        return block.forward(new ParameterStore(manager, false), new NDList(manager.ones(new Shape(2, 3))), false)
                .singletonOrThrow();
    }

    /** Two layers of DJL's, which names both of them Linear. */
    private static final class Around extends TypedBlock {

        private final SequentialBlock net = child(
                "net",
                new SequentialBlock()
                        .add(Linear.builder().setUnits(4).build())
                        .add(Activation::tanh)
                        .add(Linear.builder().setUnits(2).build()));

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return pass.forward(net, inputs);
        }
    }

    private static final class Nest extends TypedBlock {

        private final Block one;
        private final Block two;

        Nest(String nameOfOne, Block one, String nameOfTwo, Block two) {
            this.one = child(nameOfOne, one);
            this.two = child(nameOfTwo, two);
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return pass.forward(two, pass.forward(one, inputs));
        }
    }

    private static final class Gain extends TypedBlock {

        private final Parameter gain = parameter("gain", Parameter.Type.OTHER, new Shape(1), Initializer.ONES);

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(inputs.head().mul(pass.value(gain)));
        }
    }
}
