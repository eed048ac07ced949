package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions that keep the size of feature maps, with one activation, also after the last: what an {@link Mlp} is to
 * vectors. The condition joins as constant channels.
 */
public final class ConvolutionalFeatures extends NetworkBlock implements PyTorchSource {

    private static final int SIZE = 3;

    private final List<Convolution> layers = new ArrayList<>();
    private final Activation activation;

    /** @param widths the channels of each layer, from the input on; none makes the network the identity */
    public ConvolutionalFeatures(List<Integer> widths, Activation activation, Initialization initialization) {
        this.activation = activation;
        for (int width : widths) {
            layers.add(child("conv" + (layers.size() + 1), new Convolution(width, Kernel.same(SIZE), initialization)));
        }
    }

    /**
     * @param maps [K or 1, B, C, H, W]
     * @return [K or 1, B, width, H, W]
     */
    @Override
    public NDArray features(Pass pass, NDArray maps, Condition condition) {
        appliedTo(pass, condition, maps);
        NDArray hidden = condition.join(maps, FeatureMaps.AXES);
        for (Convolution layer : layers) {
            hidden = activation.consume(layer.apply(pass, hidden));
        }
        return hidden;
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        List<String> lines = new ArrayList<>(inputs.joinedToMaps());
        for (int i = 1; i <= layers.size(); i++) {
            lines.add("x = " + activation.pyTorch("self.conv" + i + "(x)"));
        }
        lines.add("return x");
        return PyTorchCode.forward(inputs.with("x"), lines);
    }
}
