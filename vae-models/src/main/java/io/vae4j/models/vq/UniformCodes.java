package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;

/**
 * The uniform prior over grids of codes: {@code log p = -positions * log N}, the rate of the VQ-VAE while it trains.
 * Van den Oord et al. 2017, section 3.1, https://arxiv.org/abs/1711.00937
 */
public final class UniformCodes extends DiscretePrior {

    /** @param codes the quantizer's own */
    public UniformCodes(Codes codes) {
        super(codes);
    }

    @Override
    public NDArray logProb(Pass pass, NDArray grids, Condition condition) {
        Shape shape = grids.getShape();
        double rate = (double) shape.slice(2).size() * Math.log((double) codes().count());
        return Ops.full(codes().codes(pass), shape.slice(0, 2), -rate);
    }

    @Override
    public NDArray sampleCodes(Pass pass, long samples, Condition condition) {
        Shape shape = new Shape(samples, condition.batch()).addAll(expectedShapes()[0].slice(2));
        return codes().uniform(pass, shape);
    }
}
