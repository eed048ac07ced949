package io.vae4j.models.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.PosteriorFamily;
import io.vae4j.models.flow.Flow;
import io.vae4j.models.flow.Flowed;
import io.vae4j.models.flow.InvertibleFlow;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of flows on top of a Gaussian: {@code log q(z_T) = log q(z_0) - sum_t log|det dz_t/dz_(t-1)|}. Rezende and
 * Mohamed 2015, eq. 7, https://arxiv.org/abs/1505.05770. Base and flows all read the encoder's features.
 *
 * <p>Its center is where the flows take the base's mean: a typical point, neither the mean nor the mode. It has a
 * density at any point only if every flow is an {@link InvertibleFlow}.
 */
public final class FlowPosterior extends TypedBlock implements Posterior {

    private final PosteriorFamily<?> base;
    private final List<Flow> flows = new ArrayList<>();

    /**
     * @param base the family of z_0, over vectors
     * @param flows in the order in which they are applied; none leaves the base as it is
     */
    public FlowPosterior(PosteriorFamily<?> base, List<? extends Flow> flows) {
        this.base = child("base", base);
        for (Flow flow : flows) {
            this.flows.add(child("flow" + (this.flows.size() + 1), flow));
        }
    }

    @Override
    public ApproximatePosterior infer(Pass pass, NDArray features, Condition condition) {
        appliedTo(pass, condition, features);
        return new Flowed(base.of(pass, features), List.copyOf(flows), pass, features);
    }

    /** The center, [B, D], for features [B, F]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray features = inputs.head().expandDims(0);
        return new NDList(
                infer(pass, features, condition(inputs)).pointEstimate().squeeze(0));
    }

    /** Base and flows in the order in which a sample meets them, each initialized by itself, whatever it is made of. */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        NDArray features = inputs.head().expandDims(0);
        NDArray z =
                ready(pass, base, Condition.none(), features).of(pass, features).mean();
        for (Flow flow : flows) {
            z = ready(pass, flow, Condition.none(), z, features)
                    .transform(pass, z, features)
                    .value();
        }
    }
}
