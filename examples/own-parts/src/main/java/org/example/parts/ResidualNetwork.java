package org.example.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Encoder;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.NetworkBlock;
import java.util.ArrayList;
import java.util.List;

/** A dense layer, and more of the same width that add to what they read: {@code h <- h + relu(W h + b)}. */
public final class ResidualNetwork extends NetworkBlock implements Encoder {

    private final Dense first;
    private final List<Dense> more = new ArrayList<>();

    public ResidualNetwork(int width, int depth, Initialization start) {
        first = child("first", new Dense(width, start));
        for (int i = 1; i <= depth; i++) {
            more.add(child("more" + i, new Dense(width, start)));
        }
    }

    /**
     * @param input [K or 1, B, ...X]; event axes are flattened
     * @return [K or 1, B, width]
     */
    @Override
    public NDArray features(Pass pass, NDArray input, Condition condition) {
        Shape shape = input.getShape();
        NDArray flat = condition.join(input.reshape(shape.get(0), shape.get(1), -1), 1);
        NDArray hidden = first.apply(pass, flat);
        for (Dense layer : more) {
            hidden = hidden.add(Activation.RELU.apply(layer.apply(pass, hidden)));
        }
        return hidden;
    }
}
