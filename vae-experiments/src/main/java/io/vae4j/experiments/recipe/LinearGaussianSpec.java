package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import io.vae4j.models.LinearGaussian;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.network.Initialization;

/**
 * The linear-Gaussian model, whose log p(x) is known: probabilistic PCA.
 *
 * @param latent the number of latent dimensions
 * @param scale the standard deviation of p(x|z) before training
 */
@Example("{kind: linear-gaussian, latent: 2, scale: 1.0, initialization: fan-in-uniform}")
public record LinearGaussianSpec(
        int latent,
        @Default("1.0") @Within("[1e-4, 1e4]") double scale,
        @Default("fan-in-uniform") Initialization initialization)
        implements ModelSpec {

    public LinearGaussianSpec {
        KeyChecks.atLeastOne("model.latent", latent);
        KeyChecks.within("model.scale", scale, 1e-4, 1e4);
    }

    @Override
    public Assembly assemble(ModelContext context) {
        Shape event = new Shape(context.data().dimensions());
        LinearGaussian model = new LinearGaussian(event, latent, new GlobalScale.Isotropic(scale), initialization);
        return new Assembly(model.withAffinePosterior(), event);
    }

    @Override
    public String title(long dimensions) {
        return "linear-Gaussian model " + latent + "-" + dimensions;
    }

    @Override
    public LikelihoodSpec likelihood() {
        return new LikelihoodSpec.GaussianLikelihoodSpec(LikelihoodScale.ISOTROPIC, scale);
    }

    @Override
    public Density density() {
        return Density.ANYWHERE;
    }
}
