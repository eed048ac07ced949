package org.example.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.ContinuousBernoulli;
import io.vae4j.core.distribution.Support;
import io.vae4j.models.family.FamilyBlock;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Affine;

/** Gray levels in [0, 1] under a density. Loaiza-Ganem and Cunningham 2019, https://arxiv.org/abs/1907.06845 */
public final class ContinuousBernoulliPixels extends FamilyBlock<ContinuousBernoulli> {

    private final Affine logits;

    public ContinuousBernoulliPixels(Shape event, Head head) {
        super(event);
        logits = head("logits", head);
    }

    @Override
    public ContinuousBernoulli of(Pass pass, NDArray features) {
        return new ContinuousBernoulli(parameter(pass, logits, features), eventRank());
    }

    @Override
    public Support support() {
        return Support.UNIT_INTERVAL;
    }

    @Override
    public String title() {
        return "continuous Bernoulli log-density";
    }
}
