package io.vae4j.models;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Posterior;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.BernoulliPixels;
import io.vae4j.models.network.Gaussian;
import io.vae4j.models.network.GreyPixels;
import io.vae4j.models.network.Initialisation;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.posterior.Deterministic;
import io.vae4j.models.posterior.Flow;
import io.vae4j.models.posterior.FlowPosterior;
import io.vae4j.models.posterior.FullGaussian;
import io.vae4j.models.posterior.InverseAutoregressive;
import io.vae4j.models.posterior.Planar;
import java.util.List;

/** Small models of vectors of 6 pixels, for tests. */
final class Models {

    static final int PIXELS = 6;
    private static final Initialisation START = Initialisation.FAN_IN_UNIFORM;

    private Models() {}

    static Vae bernoulli() {
        return over(new BernoulliPixels(new Shape(PIXELS), START));
    }

    static Vae grey() {
        return over(new GreyPixels(new Shape(PIXELS), START));
    }

    static Vae learnedPrior() {
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        return new Vae(mlp(8), new Gaussian(3, START), new NetworkDecoder(mlp(8), pixels), new LearnedNormalPrior(3));
    }

    /** Two stochastic layers by nesting: q(h1|x) q(h2|h1) and p(h2) p(h1|h2) p(x|h1). */
    static Vae twoLayers() {
        Vae top = new Vae(
                mlp(8),
                new Gaussian(2, START),
                new NetworkDecoder(mlp(8), new Gaussian(3, START)),
                new StandardNormalPrior(2));
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        return new Vae(mlp(8), new Gaussian(3, START), new NetworkDecoder(mlp(8), pixels), top);
    }

    static Vae fullCovariance() {
        return with(new FullGaussian(3, START));
    }

    static Vae planar() {
        return with(new FlowPosterior(new Gaussian(3, START), List.of(new Planar(3, START), new Planar(3, START))));
    }

    static Vae inverseAutoregressive() {
        List<Flow> flows = InverseAutoregressive.chain(2, 3, List.of(8), Activation.TANH, START);
        return with(new FlowPosterior(new FullGaussian(3, START), flows));
    }

    /** The plain autoencoder: it has no density, and goes with the ELBO alone. */
    static Vae autoencoder() {
        return with(new Deterministic(3, START));
    }

    private static Vae with(Posterior posterior) {
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        return new Vae(mlp(8), posterior, new NetworkDecoder(mlp(8), pixels), new StandardNormalPrior(3));
    }

    private static Vae over(Family<?> pixels) {
        return new Vae(mlp(8), new Gaussian(3, START), new NetworkDecoder(mlp(8), pixels), new StandardNormalPrior(3));
    }

    private static Mlp mlp(int width) {
        return new Mlp(List.of(width), Activation.TANH, START);
    }
}
