package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.Initializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypedBlockTest extends EngineTest {

    @Test
    void weightsOfTheSameShapesAreLoaded() throws IOException, MalformedModelException {
        Outer one = initialized(3);
        Outer two = initialized(3);
        assertThat(values(two)).isNotEqualTo(values(one));
        load(two, saved(one));

        assertThat(values(two)).isEqualTo(values(one));
    }

    @Test
    void weightsOfAnotherShapeAreRefusedByTheParametersFullName() throws IOException {
        Outer block = initialized(3);
        List<List<Float>> before = values(block);

        assertThatThrownBy(() -> load(block, saved(initialized(4))))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("the parameter 01inner_gain has shape (4) in the weights and (3) in the model");
        assertThat(values(block)).isEqualTo(before);
        assertThat(block.expectedShapes()).containsExactly(new Shape(1, 3));
    }

    /** Of its own accord Linear takes over a weight of any shape. */
    @Test
    void weightsOfAnotherShapeAreRefusedForDjlsOwnBlocksToo() throws IOException {
        Outer narrow = initialized(3, 2);
        Outer wide = initialized(3, 5);

        assertThatThrownBy(() -> load(narrow, saved(wide)))
                .hasMessageContaining("02linear_weight has shape (5, 3) in the weights and (2, 3) in the model");
    }

    @Test
    void weightsThatBreakOffLeaveTheBlockAsItWas() throws IOException {
        Outer block = initialized(3);
        List<List<Float>> before = values(block);
        byte[] whole = saved(initialized(3));
        byte[] broken = Arrays.copyOf(whole, whole.length - 3);

        assertThatThrownBy(() -> load(block, broken)).isInstanceOf(EOFException.class);
        assertThat(values(block)).isEqualTo(before);
    }

    @Test
    void thawingOpensParametersAndNotState() {
        Outer block = initialized(3);
        block.freezeParameters(true);
        assertThat(block.getParameters().values()).noneMatch(Parameter::requiresGradient);
        assertThat(block.inner.frozen()).isTrue();
        block.freezeParameters(false);

        assertThat(block.inner.frozen()).isFalse();
        assertThat(block.inner.gain.requiresGradient()).isTrue();
        assertThat(block.inner.gain.getArray().hasGradient()).isTrue();
        assertThat(block.inner.count.requiresGradient()).isFalse();
        assertThat(block.inner.count.getArray().hasGradient()).isFalse();
    }

    private Outer initialized(long width) {
        return initialized(width, 2);
    }

    private Outer initialized(long width, long units) {
        Outer block = new Outer(units);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, width));
        return block;
    }

    private void load(Outer block, byte[] weights) throws IOException, MalformedModelException {
        block.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(weights)));
    }

    private static byte[] saved(Outer block) throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        block.saveParameters(new DataOutputStream(saved));
        return saved.toByteArray();
    }

    private static List<List<Float>> values(Outer block) {
        return block.getParameters().values().stream()
                .map(parameter -> list(parameter.getArray()))
                .toList();
    }

    private static List<Float> list(NDArray array) {
        return Arrays.stream(array.toArray()).map(Number::floatValue).toList();
    }

    /** A child of ours and one of DJL's. */
    private static final class Outer extends TypedBlock {
        private final Inner inner = child("inner", new Inner());
        private final Linear linear;

        Outer(long units) {
            linear = child("linear", Linear.builder().setUnits(units).build());
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return pass.forward(linear, inner.untyped(pass, inputs));
        }
    }

    private static final class Inner extends TypedBlock {
        private final Parameter gain = parameter("gain", Parameter.Type.OTHER, Initializer.ONES);
        private final Parameter count = state("count", new Shape(1), Initializer.ZEROS);

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            appliedTo(pass, inputs.head(), 1);
            return new NDList(inputs.head().mul(pass.value(gain)));
        }

        @Override
        protected void prepare(Shape[] inputs) {
            gain.setShape(inputs[0].slice(1));
        }
    }
}
