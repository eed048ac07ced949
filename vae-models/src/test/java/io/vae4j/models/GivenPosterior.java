package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.ReparameterizedDistribution;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Posterior;
import java.util.function.BiFunction;

/** A posterior that a test writes down: q(z|x) as a function of x, with nothing learned. */
final class GivenPosterior extends TypedBlock implements Posterior {

    private final BiFunction<Pass, NDArray, ReparameterizedDistribution> q;

    GivenPosterior(BiFunction<Pass, NDArray, ReparameterizedDistribution> q) {
        this.q = q;
    }

    @Override
    public ApproximatePosterior infer(Pass pass, NDArray features, Condition condition) {
        return new DensityPosterior(q.apply(pass, features));
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(q.apply(pass, inputs.head().expandDims(0)).mean().squeeze(0));
    }
}
