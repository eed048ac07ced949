package org.example.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Laplace;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.models.prior.DensityPrior;

/** p(z) = Laplace(0, b) for each dimension with a learned b: most of z near zero, and few large. */
public final class LaplacePrior extends DensityPrior {

    private final long dimensions;
    private final Parameter logScale;

    public LaplacePrior(long dimensions) {
        this.dimensions = dimensions;
        logScale = parameter("logScale", Parameter.Type.OTHER, new Shape(dimensions), Initializer.ZEROS);
    }

    @Override
    public Laplace given(Pass pass, Condition condition) {
        Shape shape = new Shape(1, condition.batch(), dimensions);
        NDArray bounded = LocationScale.boundedLogScale(pass.value(logScale)).broadcast(shape);
        return new Laplace(bounded.zerosLike(), bounded, 1);
    }
}
