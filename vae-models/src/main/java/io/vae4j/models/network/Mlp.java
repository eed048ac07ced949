package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron: dense layers of given widths with one activation, also after the last. It is the hidden part
 * of a network, which a {@link io.vae4j.core.model.Family} completes. The condition joins the input.
 */
public final class Mlp extends NetworkBlock implements Encoder, PyTorchSource {

    private final List<Dense> layers = new ArrayList<>();
    private final Activation activation;

    /** @param widths of the hidden layers, from the input on; none makes the network the identity */
    public Mlp(List<Integer> widths, Activation activation, Initialization initialization) {
        this.activation = activation;
        for (int width : widths) {
            layers.add(child("fc" + (layers.size() + 1), new Dense(width, initialization)));
        }
    }

    /** Whether there is no layer, so that features are the input itself, flattened and with the condition joined. */
    public boolean isIdentity() {
        return layers.isEmpty();
    }

    /**
     * @param x [K or 1, B, ...X]; event axes are flattened
     * @return [K or 1, B, width]
     */
    @Override
    public NDArray features(Pass pass, NDArray x, Condition condition) {
        appliedTo(pass, condition, x);
        Shape shape = x.getShape();
        NDArray flat = shape.dimension() == 3 ? x : x.reshape(shape.get(0), shape.get(1), -1);
        NDArray hidden = condition.join(flat, 1);
        for (Dense layer : layers) {
            hidden = activation.consume(layer.apply(pass, hidden));
        }
        return hidden;
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        List<String> lines = new ArrayList<>(List.of("x = x.flatten(1)"));
        lines.addAll(inputs.joinedToVector());
        for (int i = 1; i <= layers.size(); i++) {
            lines.add("x = " + activation.pyTorch("self.fc" + i + "(x)"));
        }
        lines.add("return x");
        return PyTorchCode.forward(inputs.with("x"), lines);
    }
}
