package io.vae4j.models.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.distribution.Mixture;

/**
 * A mixture of Gaussians, {@code p(z) = sum_c softmax(logits)_c N(z; loc_c, diag(exp(logScale_c)^2))}, all learned and
 * independent of the condition. It starts with equal weights, unit scales and centers drawn from N(0, I): equal centers
 * would have equal gradients for ever. Log scales are softly bounded to +-10. The KL is taken by samples.
 */
public final class MixturePrior extends DensityPrior {

    private final long dimensions;
    private final int components;
    private final Parameter logits;
    private final Parameter loc;
    private final Parameter logScale;

    /**
     * @param dimensions D, the length of z
     * @param components C, at least 1
     */
    public MixturePrior(long dimensions, int components) {
        this.dimensions = dimensions;
        this.components = components;
        if (components < 1) {
            throw new IllegalArgumentException(
                    "a mixture of " + components + " components was asked for; expected at least 1");
        }
        Shape each = new Shape(components, dimensions);
        logits = parameter("logits", Parameter.Type.OTHER, new Shape(components), Initializer.ZEROS);
        loc = parameter("loc", Parameter.Type.OTHER, each, new NormalInitializer(1));
        logScale = parameter("logScale", Parameter.Type.OTHER, each, Initializer.ZEROS);
    }

    @Override
    public Mixture given(Pass pass, Condition condition) {
        Shape axes = new Shape(1, condition.batch(), components, dimensions);
        NDArray scales = LocationScale.boundedLogScale(pass.value(logScale));
        DiagonalNormal normals = new DiagonalNormal(pass.value(loc).broadcast(axes), scales.broadcast(axes), 1);
        return new Mixture(pass.value(logits).broadcast(axes.slice(0, 3)), normals);
    }
}
