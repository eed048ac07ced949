package io.vae4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    private NDManager manager;
    private Pass pass;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        Engine.getInstance().setRandomSeed(5);
        pass = Pass.evaluation(new ParameterStore(manager, false), manager, Noise.engine());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 1", "3, 2, 1", "4, 2, 1", "1, 1, 0", "2, 3, 0"})
    void aConvolutionIsTheSumOverItsWindows(int size, int stride, int padding) {
        Kernel kernel = new Kernel(size, stride, padding);
        Convolution convolution = new Convolution(2, kernel, START);
        convolution.initialize(manager, DataType.FLOAT64, new Shape(1, 3, 5, 6));
        NDArray x = normal(1, 3, 5, 6);
        NDArray y = convolution.apply(pass, x);
        NDArray weight = convolution.getParameters().get("weight").getArray();
        NDArray bias = convolution.getParameters().get("bias").getArray();

        Shape shape = y.getShape();
        assertThat(shape).isEqualTo(convolution.getOutputShapes(new Shape[] {x.getShape()})[0]);
        for (long out = 0; out < 2; out++) {
            for (long row = 0; row < shape.get(2); row++) {
                for (long column = 0; column < shape.get(3); column++) {
                    double expected = bias.getDouble(out) + window(x, weight, kernel, out, row, column);
                    assertThat(y.getDouble(0, out, row, column)).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    private static double window(NDArray x, NDArray weight, Kernel kernel, long out, long row, long column) {
        double sum = 0;
        for (long in = 0; in < x.getShape().get(1); in++) {
            for (long i = 0; i < kernel.size(); i++) {
                for (long j = 0; j < kernel.size(); j++) {
                    long h = row * kernel.stride() - kernel.padding() + i;
                    long w = column * kernel.stride() - kernel.padding() + j;
                    boolean inside = h >= 0
                            && w >= 0
                            && h < x.getShape().get(2)
                            && w < x.getShape().get(3);
                    sum += inside ? weight.getDouble(out, in, i, j) * x.getDouble(0, in, h, w) : 0;
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 1", "4, 2, 1", "2, 2, 0"})
    void theTransposedConvolutionIsTheAdjointOfTheConvolution(int size, int stride, int padding) {
        Kernel kernel = new Kernel(size, stride, padding);
        Convolution forth = new Convolution(2, kernel, START);
        TransposedConvolution back = new TransposedConvolution(3, kernel, START);
        NDArray x = normal(2, 3, 6, 8);
        forth.initialize(manager, DataType.FLOAT64, x.getShape());
        Shape small = forth.getOutputShapes(new Shape[] {x.getShape()})[0];
        back.initialize(manager, DataType.FLOAT64, small);
        NDArray y = normal(small.getShape());
        // a convolution's weight is [out, in, ...] and its adjoint reads it as [in, out, ...]
        NDArray weight = forth.getParameters().get("weight").getArray();
        back.getParameters().get("weight").getArray().set(weight.toDoubleArray());
        withoutBias(forth);
        withoutBias(back);

        NDArray adjoint = back.apply(pass, y);
        assertThat(adjoint.getShape()).isEqualTo(x.getShape());
        assertThat(back.getOutputShapes(new Shape[] {small})[0]).isEqualTo(x.getShape());
        assertThat(forth.apply(pass, x).mul(y).sum().getDouble())
                .isCloseTo(x.mul(adjoint).sum().getDouble(), within(1e-10));
    }

    private static void withoutBias(Affine layer) {
        NDArray bias = layer.getParameters().get("bias").getArray();
        bias.subi(bias);
    }

    @Test
    void leadingAxesAreKeptAndDoNotMix() {
        for (Affine layer : List.of(
                new Convolution(2, Kernel.halving(), START),
                new TransposedConvolution(2, new Kernel(4, 2, 1), START),
                new ResizeConvolution(2, START))) {
            layer.initialize(manager, DataType.FLOAT64, new Shape(1, 3, 4, 4));
            NDArray x = normal(5, 2, 3, 4, 4);
            NDArray all = layer.apply(pass, x);

            assertThat(all.getShape().slice(0, 3)).isEqualTo(new Shape(5, 2, 2));
            for (int draw = 0; draw < 5; draw++) {
                assertThat(all.get(draw).toDoubleArray())
                        .containsExactly(layer.apply(pass, x.get(draw)).toDoubleArray(), within(1e-12));
            }
        }
    }

    @Test
    void resizingRepeatsEachPixelInBothDirections() {
        ResizeConvolution layer = new ResizeConvolution(1, START);
        layer.initialize(manager, DataType.FLOAT64, new Shape(1, 1, 2, 2));
        NDArray weight = layer.getParameters().get("01convolution_weight").getArray();
        double[] centerOnly = new double[9];
        centerOnly[4] = 1;
        weight.set(centerOnly);
        NDArray bias = layer.getParameters().get("01convolution_bias").getArray();
        bias.subi(bias);
        NDArray x = manager.arange(4f).toType(DataType.FLOAT64, true).reshape(1, 1, 2, 2);

        assertThat(layer.apply(pass, x).toDoubleArray())
                .containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3);
    }

    @Test
    void parametersAreNamedAndShapedAsInTorch() {
        Convolution forth = new Convolution(5, new Kernel(4, 2, 1), START);
        TransposedConvolution back = new TransposedConvolution(5, new Kernel(4, 2, 1), START);
        forth.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 8, 8));
        back.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 8, 8));

        assertThat(forth.getParameters().keys()).containsExactly("weight", "bias");
        assertThat(forth.getParameters().get("weight").getShape()).isEqualTo(new Shape(5, 3, 4, 4));
        assertThat(back.getParameters().keys()).containsExactly("weight", "bias");
        assertThat(back.getParameters().get("weight").getShape()).isEqualTo(new Shape(3, 5, 4, 4));
        assertThat(back.getParameters().get("bias").getShape()).isEqualTo(new Shape(5));
    }

    @Test
    void theFanInOfAConvolutionCountsItsWindow() {
        Convolution layer = new Convolution(64, Kernel.same(3), START);
        layer.initialize(manager, DataType.FLOAT32, new Shape(1, 4, 8, 8));
        float largest =
                layer.getParameters().get("weight").getArray().abs().max().getFloat();

        assertThat(largest).isLessThanOrEqualTo(1 / 6f).isGreaterThan(0.95f / 6);
    }

    @Test
    void aTransposedConvolutionKeepsTheSecondMomentThroughRectifiers() {
        TransposedConvolution layer = new TransposedConvolution(64, new Kernel(4, 2, 1), Initialization.HE_NORMAL);
        layer.initialize(manager, DataType.FLOAT64, new Shape(1, 64, 8, 8));
        NDArray x = normal(4, 64, 8, 8);
        NDArray y = layer.apply(pass, Activation.RELU.apply(x));
        NDArray inner = y.get(":, :, 2:14, 2:14");

        assertThat(inner.square().mean().getDouble()).isCloseTo(1, within(0.1));
    }

    @Test
    void twentyResidualBlocksKeepTheVarianceAndHaveFiniteGradients() {
        List<ResidualBlock> blocks = IntStream.range(0, 20)
                .mapToObj(i -> new ResidualBlock(16, Activation.RELU, Initialization.HE_NORMAL))
                .toList();
        blocks.forEach(block -> block.initialize(manager, DataType.FLOAT32, new Shape(1, 16, 6, 6)));
        NDArray x = manager.randomNormal(new Shape(4, 16, 6, 6));
        double before = x.square().mean().getFloat();
        double after;
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            NDArray y = x;
            for (ResidualBlock block : blocks) {
                y = block.apply(pass, y);
            }
            after = y.square().mean().getFloat();
            tape.backward(y.square().mean());
        }

        assertThat(after / before).isBetween(0.8, 2.0);
        for (ResidualBlock block : blocks) {
            assertThat(block.getParameters().values()).allSatisfy(parameter -> {
                float largest = parameter.getArray().getGradient().abs().max().getFloat();
                assertThat(largest).isPositive().isLessThan(10);
            });
        }
    }

    @Test
    void aResidualBlockWithASilentBranchIsTheIdentity() {
        ResidualBlock block = new ResidualBlock(3, Activation.RELU, START);
        block.initialize(manager, DataType.FLOAT64, new Shape(1, 3, 4, 4));
        NDArray weight = block.getParameters().get("02conv2_weight").getArray();
        weight.subi(weight);
        NDArray x = normal(2, 3, 4, 4);

        assertThat(block.apply(pass, x).toDoubleArray()).isEqualTo(x.toDoubleArray());
    }

    @Test
    void anImpossibleKernelAndImagesTooSmallAreRefused() {
        assertThatThrownBy(() -> new Kernel(3, 0, 1)).hasMessageContaining("expected size >= 1");
        assertThatThrownBy(() -> Kernel.same(4)).hasMessageContaining("choose an odd one");
        assertThatThrownBy(() -> new Convolution(1, new Kernel(5, 1, 0), START)
                        .getOutputShapes(new Shape[] {new Shape(1, 1, 4, 4)}))
                .hasMessageContaining("shorter than the kernel's 5");
        assertThatThrownBy(() -> new Convolution(1, Kernel.same(3), START)
                        .initialize(manager, DataType.FLOAT32, new Shape(1, 6)))
                .hasMessageContaining("expected [B, C, H, W]");
    }

    private NDArray normal(long... shape) {
        return manager.randomNormal(new Shape(shape), DataType.FLOAT64);
    }
}
