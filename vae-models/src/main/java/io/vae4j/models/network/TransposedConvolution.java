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
 * The adjoint of the {@link Convolution} with the same kernel and weight, which enlarges the image by the stride; W
 * [in, out, h, w] as in torch. An output pixel sums about {@code in (size / stride)^2} terms, and this is the fan-in
 * that the initialisation is scaled by; torch takes {@code out size^2}.
 */
public final class TransposedConvolution extends TypedBlock implements Affine {

    private final long channels;
    private final Kernel kernel;
    private final Initialisation initialisation;
    private final Parameter weight = parameter("weight", Parameter.Type.WEIGHT, Initializer.ZEROS);
    private final Parameter bias = parameter("bias", Parameter.Type.BIAS, Initializer.ZEROS);

    /** @param channels out, of the feature map that it makes */
    public TransposedConvolution(long channels, Kernel kernel, Initialisation initialisation) {
        this.channels = channels;
        this.kernel = kernel;
        this.initialisation = initialisation;
    }

    /**
     * @param x [..., in, H, W]
     * @return [..., out, H', W'] with {@code H' = (H - 1) stride - 2 padding + size}
     */
    @Override
    public NDArray apply(Pass pass, NDArray x) {
        Convolutions.Upsampling upsampling = new Convolutions.Upsampling(kernel.stride(), kernel.padding(), 0);
        return FeatureMaps.folded(
                x, maps -> Convolutions.transposed(maps, pass.value(weight), pass.value(bias), upsampling));
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.head()));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        long in = FeatureMaps.channels(inputs[0]);
        long window = (long) kernel.size() * kernel.size();
        long terms = Math.max(1, in * window / ((long) kernel.stride() * kernel.stride()));
        weight.setShape(new Shape(in, channels, kernel.size(), kernel.size()));
        weight.setInitializer(initialisation.weight(terms, channels * window));
        bias.setShape(new Shape(channels));
        bias.setInitializer(initialisation.bias(terms));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {
            FeatureMaps.resized(
                    inputs[0], channels, side -> (side - 1) * kernel.stride() - 2L * kernel.padding() + kernel.size())
        };
    }
}
