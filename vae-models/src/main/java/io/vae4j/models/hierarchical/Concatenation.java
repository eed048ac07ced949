package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Network;
import io.vae4j.core.model.Posterior;

/**
 * A posterior that reads bottom-up and top-down features side by side, {@code [d_l, t_l]}, through a network:
 * bidirectional inference. Vahdat and Kautz 2020, https://arxiv.org/abs/2007.03898
 */
public final class Concatenation extends TypedBlock implements TopDownPosterior {

    private final Network network;
    private final Posterior posterior;

    /** @param network of features concatenated along their first axis: units of vectors, channels of maps */
    public Concatenation(Network network, Posterior posterior) {
        this.network = child("network", network);
        this.posterior = child("posterior", posterior);
    }

    @Override
    public ApproximatePosterior infer(Pass pass, NDArray bottomUp, TopDownContext above, Condition condition) {
        return infer(pass, bottomUp, above.features(), condition);
    }

    private ApproximatePosterior infer(Pass pass, NDArray bottomUp, NDArray topDown, Condition condition) {
        appliedTo(pass, condition, bottomUp, topDown);
        NDArray both = SideBySide.of(bottomUp, topDown);
        NDArray features = ready(pass, network, condition, both).features(pass, both, condition);
        return ready(pass, posterior, condition, features).infer(pass, features, condition);
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
}
