package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import java.util.stream.Stream;

/**
 * The networks of one stochastic layer h_l below the top.
 *
 * @param encoder d_l from d_{l-1}, or from x for the lowest
 * @param topDown features t_l from h_{l+1}, shared by prior and posterior
 * @param prior p(h_l|h_{l+1},c) from t_l
 * @param posterior q(h_l|x,h_{l+1},c) from d_l and what comes from above
 */
public record LadderLayer(Encoder encoder, Encoder topDown, Family<DiagonalNormal> prior, TopDownPosterior posterior) {

    /** @param above h_{l+1}, [K, B or 1, ...Z] */
    TopDownContext predict(Pass pass, NDArray above, Condition condition) {
        NDArray features = topDown.encode(pass, above, condition);
        return new TopDownContext(features, prior.of(pass, features));
    }

    ApproximatePosterior infer(Pass pass, NDArray bottomUp, NDArray above, Condition condition) {
        return posterior.infer(pass, bottomUp, predict(pass, above, condition), condition);
    }

    /**
     * Initializes all but the encoder.
     *
     * @param bottomUp d_l's shape
     * @param above the shape of h_{l+1}, and the condition's after it
     * @return h_l's shape
     */
    Shape initialize(NDManager manager, DataType type, Shape bottomUp, Shape... above) {
        topDown.initialize(manager, type, above);
        Shape[] features = above.clone();
        features[0] = topDown.getOutputShapes(above)[0];
        prior.initialize(manager, type, features[0]);
        Shape[] both = Stream.concat(Stream.of(bottomUp), Stream.of(features)).toArray(Shape[]::new);
        posterior.initialize(manager, type, both);
        Shape z = posterior.getOutputShapes(both)[0];
        Shape predicted = prior.getOutputShapes(features)[0];
        if (!predicted.equals(z)) {
            throw new IllegalArgumentException("a layer's prior has events of shape " + predicted.slice(1)
                    + " and its posterior of " + z.slice(1) + "; give both the same number of dimensions");
        }
        return z;
    }
}
