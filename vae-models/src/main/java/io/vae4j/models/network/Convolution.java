package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.torch.Convolutions;

/**
 * {@code y_o = sum_i W_oi * x_i + b_o}, the cross-correlation over two image axes, with W [out, in, h, w] as in torch.
 * DJL's Conv2d knows one leading axis only, and cannot scale its bias by the fan-in.
 */
public final class Convolution extends TypedBlock implements Affine {

    private final long channels;
    private final Kernel kernel;
    private final Initialisation initialisation;
    private final Parameter weight = parameter("weight", Parameter.Type.WEIGHT, Initializer.ZEROS);
    private final Parameter bias = parameter("bias", Parameter.Type.BIAS, Initializer.ZEROS);

    /** @param channels out, of the feature map that it makes */
    public Convolution(long channels, Kernel kernel, Initialisation initialisation) {
        this.channels = channels;
        this.kernel = kernel;
        this.initialisation = initialisation;
    }

    /**
     * @param x [..., in, H, W]
     * @return [..., out, H', W'] with {@code H' = floor((H + 2 padding - size) / stride) + 1}
     */
    @Override
    public NDArray apply(Pass pass, NDArray x) {
        return FeatureMaps.folded(
                x,
                maps -> Convolutions.convolve(
                        maps, pass.value(weight), pass.value(bias), kernel.stride(), kernel.padding()));
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.head()));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        long in = FeatureMaps.channels(inputs[0]);
        long window = (long) kernel.size() * kernel.size();
        weight.setShape(new Shape(channels, in, kernel.size(), kernel.size()));
        weight.setInitializer(initialisation.weight(in * window, channels * window));
        bias.setShape(new Shape(channels));
        bias.setInitializer(initialisation.bias(in * window));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {FeatureMaps.resized(inputs[0], channels, kernel::steps)};
    }
}
