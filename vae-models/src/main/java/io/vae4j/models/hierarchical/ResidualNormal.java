package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Network;

/**
 * A posterior that says by how much it differs from the layer's prior, {@code q(h_l) = N(mu_p + dmu, (sigma_p
 * dsigma)^2)}, where {@code (dmu, log dsigma)} is read from bottom-up and top-down features side by side: it follows
 * when the prior moves. Vahdat and Kautz 2020, section 3.2, https://arxiv.org/abs/2007.03898
 */
public final class ResidualNormal extends TypedBlock implements TopDownPosterior {

    private final Network network;
    private final Family<DiagonalNormal> difference;

    /**
     * @param network of features concatenated along their first axis: units of vectors, channels of maps
     * @param difference from its features to dmu and log dsigma, over events of h_l's shape; a head that starts near
     *     zero lets the posterior start near the prior
     */
    public ResidualNormal(Network network, Family<DiagonalNormal> difference) {
        this.network = child("network", network);
        this.difference = child("difference", difference);
    }

    @Override
    public ApproximatePosterior infer(Pass pass, NDArray bottomUp, TopDownContext above, Condition condition) {
        DiagonalNormal prior = above.normal();
        DiagonalNormal change = difference(pass, bottomUp, above.features(), condition);
        SameEvents.require(prior, change);
        return new DensityPosterior(new DiagonalNormal(
                prior.loc().add(change.loc()), prior.logScale().add(change.logScale()), prior.eventRank()));
    }

    private DiagonalNormal difference(Pass pass, NDArray bottomUp, NDArray topDown, Condition condition) {
        appliedTo(pass, condition, bottomUp, topDown);
        NDArray both = SideBySide.of(bottomUp, topDown);
        NDArray features = ready(pass, network, condition, both).features(pass, both, condition);
        return ready(pass, difference, Condition.none(), features).of(pass, features);
    }

    /** dmu for bottom-up features [B, ...F] and top-down features [B, ...F']. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray topDown = inputs.get(1).expandDims(0);
        Condition condition = condition(inputs.subNDList(1));
        return new NDList(difference(pass, inputs.head().expandDims(0), topDown, condition)
                .mean()
                .squeeze(0));
    }
}
