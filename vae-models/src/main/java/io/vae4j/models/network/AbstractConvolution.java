package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchSource;

/** A kernel that slides over two image axes, and a bias: a convolution or its adjoint. */
abstract class AbstractConvolution extends TypedBlock implements Affine, PyTorchSource {

    private final long channels;
    private final Kernel kernel;
    private final Initialization initialization;
    private final Parameter weight = parameter("weight", Parameter.Type.WEIGHT, Initializer.ZEROS);
    private final Parameter bias = parameter("bias", Parameter.Type.BIAS, Initializer.ZEROS);

    /** @param channels out, of the feature map that it makes */
    AbstractConvolution(long channels, Kernel kernel, Initialization initialization) {
        this.channels = channels;
        this.kernel = kernel;
        this.initialization = initialization;
    }

    /** @param maps [N, in, H, W] */
    abstract NDArray slide(NDArray maps, NDArray weight, NDArray bias);

    /** How many terms an output pixel sums, about, when the input has so many channels. */
    abstract long terms(long in);

    /** The weight's shape, as in torch. */
    abstract Shape weightShape(long in, long out);

    /** Refuses images, [B, in, H, W], that the kernel does not fit. */
    void requireFit(Shape maps) {}

    final Kernel kernel() {
        return kernel;
    }

    @Override
    public final NDArray apply(Pass pass, NDArray x) {
        appliedTo(pass, x, FeatureMaps.AXES);
        return FeatureMaps.folded(x, maps -> slide(maps, pass.value(weight), pass.value(bias)));
    }

    @Override
    protected final NDList untyped(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.head()));
    }

    @Override
    protected final void prepare(Shape[] inputs) {
        long in = FeatureMaps.channels(inputs[0]);
        requireFit(inputs[0]);
        long terms = Math.max(1, terms(in));
        weight.setShape(weightShape(in, channels));
        weight.setInitializer(initialization.weight(terms, channels * kernel.area()));
        bias.setShape(new Shape(channels));
        bias.setInitializer(initialization.bias(terms));
    }

    /** {@code nn.Conv2d(1, 32, 3, stride=2, padding=1)} for torch's class and function of the same convolution. */
    final PyTorchCode pyTorch(String layer, String function, long in) {
        String constructor = "nn.%s(%d, %d, %d, stride=%d, padding=%d)"
                .formatted(layer, in, channels, kernel.size(), kernel.stride(), kernel.padding());
        String value = "F.%1$s(x, self.weight, self.bias, [%2$d, %2$d], [%3$d, %3$d])"
                .formatted(function, kernel.stride(), kernel.padding());
        return new PyTorchCode.Layer(constructor, value);
    }

    final Shape weightShape() {
        return weight.getShape();
    }
}
