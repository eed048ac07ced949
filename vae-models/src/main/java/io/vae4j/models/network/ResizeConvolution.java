package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;

/**
 * Doubles both image axes by repeating pixels and convolves the result: no checkerboard, since every output pixel sums
 * equally many terms. Odena et al. 2016, https://distill.pub/2016/deconv-checkerboard/
 */
public final class ResizeConvolution extends TypedBlock implements Affine, PyTorchSource {

    private final Convolution convolution;

    /** @param channels out, of the feature map that it makes */
    public ResizeConvolution(long channels, Initialization initialization) {
        convolution = child("convolution", new Convolution(channels, Kernel.same(3), initialization));
    }

    /**
     * @param x [..., in, H, W]
     * @return [..., out, 2 H, 2 W]
     */
    @Override
    public NDArray apply(Pass pass, NDArray x) {
        appliedTo(pass, x, FeatureMaps.AXES);
        int rank = x.getShape().dimension();
        return convolution.apply(pass, doubled(doubled(x, rank - 2), rank - 1));
    }

    /** Each entry along an axis twice in a row. */
    private static NDArray doubled(NDArray x, int axis) {
        long[] pairs = x.expandDims(axis + 1).getShape().getShape().clone();
        pairs[axis + 1] = 2;
        long[] result = x.getShape().getShape().clone();
        result[axis] *= 2;
        return x.expandDims(axis + 1).broadcast(new Shape(pairs)).reshape(new Shape(result));
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.head()));
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return PyTorchCode.returning("x", "self.convolution(x.repeat_interleave(2, 2).repeat_interleave(2, 3))");
    }
}
