package io.vae4j.models.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.LocationScale;

/**
 * A Gaussian prior N(loc, diag(exp(logScale)^2)), both learned, log scales softly bounded to +-10; it starts as N(0,
 * I).
 */
public final class LearnedNormalPrior extends DensityPrior {

    private final long dimensions;
    private final Parameter loc;
    private final Parameter logScale;

    /** @param dimensions D, the length of z */
    public LearnedNormalPrior(long dimensions) {
        this.dimensions = dimensions;
        loc = parameter("loc", Parameter.Type.OTHER, new Shape(dimensions), Initializer.ZEROS);
        logScale = parameter("logScale", Parameter.Type.OTHER, new Shape(dimensions), Initializer.ZEROS);
    }

    @Override
    public DiagonalNormal given(Pass pass, Condition condition) {
        Shape shape = new Shape(1, condition.batch(), dimensions);
        NDArray bounded = LocationScale.boundedLogScale(pass.value(logScale));
        return new DiagonalNormal(pass.value(loc).broadcast(shape), bounded.broadcast(shape), 1);
    }
}
