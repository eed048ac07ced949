package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import java.util.List;

/** A prior with a density: the one method that such a prior must write. */
public interface TractablePrior extends Prior {

    /** p(z|c) over events z, [1, B or 1, ...Z]. */
    Distribution given(Pass pass, Condition condition);

    @Override
    default int layers() {
        return 1;
    }

    @Override
    default List<StochasticLayer> explain(Pass pass, Inference inference, Condition condition) {
        Distribution prior = given(pass, condition);
        requireSameEvents(inference.requireContinuous().latent().getShape(), prior.shape());
        return List.of(StochasticLayer.of(inference, prior));
    }

    @Override
    default Sample sample(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        return fromTop.isEmpty()
                ? Sample.of(given(pass, condition).sample(pass.noise(), samples))
                : Sample.of(fromTop.get(0));
    }

    private static void requireSameEvents(Shape latent, Shape prior) {
        if (!latent.slice(2).equals(prior.slice(2))) {
            throw new IllegalArgumentException("z has events of shape " + latent.slice(2) + " and the prior of "
                    + prior.slice(2) + "; give posterior and prior the same number of dimensions");
        }
    }
}
