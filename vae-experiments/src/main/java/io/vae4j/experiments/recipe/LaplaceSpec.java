package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import io.vae4j.models.family.Head;
import io.vae4j.models.family.LaplacePixels;

/**
 * A Laplace density, whose reconstruction term is the absolute error.
 *
 * @param scale which numbers its standard deviation is
 * @param sigma the standard deviation before training, b sqrt(2)
 */
@Example("{kind: laplace, scale: each, sigma: 0.5}")
record LaplaceSpec(
        @Default("isotropic") LikelihoodScale scale,
        @Default("1.0") @Within("[1e-4, 1e4]") double sigma) implements LikelihoodSpec {

    public LaplaceSpec {
        LikelihoodScale.check(sigma);
    }

    @Override
    public Family<?> family(Shape event, Head head) {
        return new LaplacePixels(event, scale.from(sigma), head);
    }
}
