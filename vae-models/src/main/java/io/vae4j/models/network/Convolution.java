package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.torch.Convolutions;

/**
 * A convolution over two image axes, {@code y_o = sum_i W_oi * x_i + b_o}: from [..., in, H, W] to [..., out, H', W']
 * with {@code H' = floor((H + 2 padding - size) / stride) + 1}, W [out, in, h, w] as in torch. DJL's Conv2d knows one
 * leading axis only, and cannot scale its bias by the fan-in.
 */
public final class Convolution extends AbstractConvolution {

    /** @param channels out, of the feature map that it makes */
    public Convolution(long channels, Kernel kernel, Initialization initialization) {
        super(channels, kernel, initialization);
    }

    @Override
    NDArray slide(NDArray maps, NDArray weight, NDArray bias) {
        return Convolutions.convolve(maps, weight, bias, kernel().stride(), kernel().padding());
    }

    @Override
    long terms(long in) {
        return in * kernel().area();
    }

    @Override
    Shape weightShape(long in, long out) {
        return new Shape(out, in, kernel().size(), kernel().size());
    }

    @Override
    void requireFit(Shape maps) {
        FeatureMaps.resized(maps, 1, kernel()::steps);
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return pyTorch("Conv2d", "conv2d", weightShape().get(1));
    }
}
