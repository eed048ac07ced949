package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Family;

/**
 * A posterior that multiplies the layer's prior by a Gaussian of the data and normalizes, {@code q(h_l) ~ N(h_l;
 * mu(d_l), sigma(d_l)^2) p(h_l|h_{l+1})}: precisions add, and means are weighted by them, as if the network gave the
 * data's likelihood of h_l. Sønderby et al. 2016, https://arxiv.org/abs/1602.02282
 */
public final class PrecisionWeighting extends TypedBlock implements TopDownPosterior {

    private final Family<DiagonalNormal> likelihood;

    /** @param likelihood from d_l to the Gaussian that multiplies the prior, over events of h_l's shape */
    public PrecisionWeighting(Family<DiagonalNormal> likelihood) {
        // weights of runs have this name
        this.likelihood = child("evidence", likelihood);
    }

    @Override
    public ApproximatePosterior infer(Pass pass, NDArray bottomUp, TopDownContext above, Condition condition) {
        appliedTo(pass, Condition.none(), bottomUp);
        DiagonalNormal factor = factor(pass, bottomUp);
        SameEvents.require(above.normal(), factor);
        return new DensityPosterior(product(above.normal(), factor));
    }

    private DiagonalNormal factor(Pass pass, NDArray bottomUp) {
        return ready(pass, likelihood, Condition.none(), bottomUp).of(pass, bottomUp);
    }

    /** With log precisions a and b: {@code log(e^a + e^b) = a + softplus(b - a)}, and weights sigmoid(+-(b - a)). */
    private static DiagonalNormal product(DiagonalNormal prior, DiagonalNormal factor) {
        NDArray logRatio = Ops.scale(prior.logScale().sub(factor.logScale()), 2);
        NDArray logScale = prior.logScale().sub(Ops.scale(Ops.softplus(logRatio), 0.5));
        NDArray shift = Activation.sigmoid(logRatio).mul(factor.loc().sub(prior.loc()));
        return new DiagonalNormal(prior.loc().add(shift), logScale, prior.eventRank());
    }

    /** The mean of what the data alone say, for bottom-up features [B, ...F]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(factor(pass, inputs.head().expandDims(0)).mean().squeeze(0));
    }
}
