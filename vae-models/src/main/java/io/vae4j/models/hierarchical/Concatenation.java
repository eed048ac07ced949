package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Posterior;

/**
 * A network on {@code [d_l, t_l]}, bottom-up and top-down features side by side, and any posterior on top of it:
 * bidirectional inference. Vahdat and Kautz 2020, https://arxiv.org/abs/2007.03898
 */
public final class Concatenation extends TypedBlock implements TopDownPosterior {

    private static final int FEATURES = 2;

    private final Encoder network;
    private final Posterior posterior;

    /** @param network of features concatenated along their first axis: units of vectors, channels of maps */
    public Concatenation(Encoder network, Posterior posterior) {
        this.network = child("network", network);
        this.posterior = child("posterior", posterior);
    }

    @Override
    public ApproximatePosterior infer(Pass pass, NDArray bottomUp, TopDownContext above, Condition condition) {
        return infer(pass, bottomUp, above.features(), condition);
    }

    private ApproximatePosterior infer(Pass pass, NDArray bottomUp, NDArray topDown, Condition condition) {
        NDArray shared = bottomUp.broadcast(
                topDown.getShape().slice(0, FEATURES).addAll(bottomUp.getShape().slice(FEATURES)));
        NDArray both = NDArrays.concat(new NDList(shared, topDown), FEATURES);
        return posterior.infer(pass, network.encode(pass, both, condition), condition);
    }

    /** The posterior's center for bottom-up features [B, ...F] and top-down features [B, ...F']. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray topDown = inputs.get(1).expandDims(0);
        Condition condition = condition(inputs.subNDList(1));
        return new NDList(infer(pass, inputs.head().expandDims(0), topDown, condition)
                .pointEstimate()
                .squeeze(0));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape features = initialize(network, manager, type, joined(inputs));
        posterior.initialize(manager, type, joined(features, inputs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape features = network.getOutputShapes(joined(inputs))[0];
        return posterior.getOutputShapes(joined(features, inputs));
    }

    /** The network's input shapes: both features together, and the condition's. */
    private static Shape[] joined(Shape... inputs) {
        Shape both = new Shape(inputs[0].get(0), inputs[0].get(1) + inputs[1].get(1)).addAll(inputs[0].slice(2));
        return joined(both, inputs);
    }

    private static Shape[] joined(Shape first, Shape... inputs) {
        return inputs.length > 2 ? new Shape[] {first, inputs[2]} : new Shape[] {first};
    }
}
