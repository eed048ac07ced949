package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;

/**
 * A residual block, {@code y = x + W2 * act(W1 * act(x))} with convolutions of size 3 and 1: pre-activation, so that
 * the skip connection is the identity. He et al. 2016, https://arxiv.org/abs/1603.05027
 *
 * <p>The branch ends in {@link Initialization#FAINT_NORMAL}, hence a stack of any usual depth starts close to the
 * identity and neither its activations nor its gradients grow with the depth.
 */
public final class ResidualBlock extends TypedBlock implements PyTorchSource {

    private final Activation activation;
    private final Convolution first;
    private final Convolution last;

    /** @param channels of input and output */
    public ResidualBlock(long channels, Activation activation, Initialization initialization) {
        this.activation = activation;
        first = child("conv1", new Convolution(channels, Kernel.same(3), initialization));
        last = child("conv2", new Convolution(channels, Kernel.same(1), Initialization.FAINT_NORMAL));
    }

    /**
     * @param x [..., C, H, W]
     * @return of the same shape
     */
    public NDArray apply(Pass pass, NDArray x) {
        appliedTo(pass, x, FeatureMaps.AXES);
        NDArray hidden = first.apply(pass, activation.apply(x));
        try (NDArray branch = last.apply(pass, activation.consume(hidden))) {
            return x.add(branch);
        }
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.head()));
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        String hidden = activation.pyTorch("self.conv1(" + activation.pyTorch("x") + ")");
        return PyTorchCode.returning("x", "x + self.conv2(" + hidden + ")");
    }
}
