package io.vae4j.models;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Posterior;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;

/**
 * The linear-Gaussian latent variable model, {@code p(z) = N(0, I)}, {@code p(x|z) = N(W z + b, diag(sigma^2))}:
 * probabilistic PCA for one sigma, factor analysis for one of each element. Tipping and Bishop 1999,
 * https://www.robots.ox.ac.uk/~cvrg/hilary2006/ppca.pdf
 *
 * <p>It is the one model whose {@code log p(x) = log N(x; b, W W^T + diag(sigma^2))} and posterior {@code N(m,
 * Lambda^-1)}, {@code Lambda = I + W^T diag(sigma^-2) W}, {@code m = Lambda^-1 W^T diag(sigma^-2) (x - b)}, are known.
 *
 * @param event the shape of x
 * @param dimensions D, the length of z
 * @param scale sigma
 * @param start how W and b, and an affine posterior's weights, start
 */
public record LinearGaussian(Shape event, long dimensions, GlobalScale scale, Initialization start) {

    /**
     * The model with {@code q(z|x) = N(A x + a, diag(s^2))}, which holds the best of all factorized posteriors: the
     * exact mean is affine in x and the exact precision does not depend on it.
     */
    public Vae withAffinePosterior() {
        return with(new GlobalScaleGaussian(new Shape(dimensions), new GlobalScale.Each(1), start));
    }

    /** The model with another family of posteriors, whose features are x itself. */
    public Vae with(Posterior posterior) {
        return new Vae(identity(), posterior, decoder(), new StandardNormalPrior(dimensions));
    }

    /** p(x|z), for another prior. */
    public Decoder decoder() {
        return new NetworkDecoder(identity(), new GlobalScaleGaussian(event, scale, start));
    }

    private Mlp identity() {
        return new Mlp(List.of(), Activation.IDENTITY, start);
    }
}
