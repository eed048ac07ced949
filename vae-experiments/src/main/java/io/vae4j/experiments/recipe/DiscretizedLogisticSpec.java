package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import io.vae4j.models.family.DiscretizedLogisticPixels;
import io.vae4j.models.family.Head;

/**
 * Probabilities of bytes: a logistic variable, rounded to the nearest level.
 *
 * @param scale which numbers its standard deviation is
 * @param sigma the logistic variable's standard deviation before training, with bytes from 0 to 1
 */
@Example("{kind: discretized-logistic, scale: predicted, sigma: 0.2}")
record DiscretizedLogisticSpec(
        @Default("isotropic") LikelihoodScale scale,
        @Default("0.2") @Within("[1e-4, 1e4]") double sigma) implements LikelihoodSpec {

    public DiscretizedLogisticSpec {
        LikelihoodScale.check(sigma);
    }

    @Override
    public Family<?> family(Shape event, Head head) {
        return new DiscretizedLogisticPixels(event, scale.from(sigma), head);
    }
}
