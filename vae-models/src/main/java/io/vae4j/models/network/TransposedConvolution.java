package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.torch.Convolutions;

/**
 * The adjoint of the {@link Convolution} with the same kernel and weight, which enlarges the image by the stride: from
 * [..., in, H, W] to [..., out, H', W'] with {@code H' = (H - 1) stride - 2 padding + size}, W [in, out, h, w] as in
 * torch. An output pixel sums about {@code in (size / stride)^2} terms, and this is the fan-in that the initialization
 * is scaled by; torch takes {@code out size^2}.
 */
public final class TransposedConvolution extends AbstractConvolution {

    /** @param channels out, of the feature map that it makes */
    public TransposedConvolution(long channels, Kernel kernel, Initialization initialization) {
        super(channels, kernel, initialization);
    }

    @Override
    NDArray slide(NDArray maps, NDArray weight, NDArray bias) {
        Convolutions.Upsampling upsampling = new Convolutions.Upsampling(kernel().stride(), kernel().padding(), 0);
        return Convolutions.transposed(maps, weight, bias, upsampling);
    }

    @Override
    long terms(long in) {
        return in * kernel().area() / ((long) kernel().stride() * kernel().stride());
    }

    @Override
    Shape weightShape(long in, long out) {
        return new Shape(in, out, kernel().size(), kernel().size());
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return pyTorch("ConvTranspose2d", "conv_transpose2d", weightShape().get(0));
    }
}
