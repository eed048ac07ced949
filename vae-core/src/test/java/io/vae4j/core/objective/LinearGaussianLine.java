package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.ModelBlock;
import io.vae4j.core.model.StochasticLayer;
import java.util.List;
import java.util.Optional;

/**
 * {@code p(z) = N(0, 1)}, {@code p(x|z) = N(w z, 1)} and {@code q(z|x) = N(a x, e^2s)}, all in one dimension: every
 * gradient of every estimator is a line of arithmetic, see {@link LineGradients}.
 */
public final class LinearGaussianLine extends ModelBlock {

    private final Parameter slope = parameter("a", Parameter.Type.OTHER, new Shape(1), Initializer.ONES);
    private final Parameter logScale = parameter("s", Parameter.Type.OTHER, new Shape(1), Initializer.ZEROS);
    private final Parameter weight = parameter("w", Parameter.Type.OTHER, new Shape(1), Initializer.ONES);

    private Optional<NDArray> penalty = Optional.empty();
    private Optional<NDArray> shared = Optional.empty();

    /** The same model whose posterior asks for a penalty. */
    public LinearGaussianLine penalized(NDArray by) {
        penalty = Optional.of(by);
        return this;
    }

    /** The same model, which samples one number for all examples first. */
    public LinearGaussianLine sharing(NDArray like) {
        shared = Optional.of(like);
        return this;
    }

    @Override
    public BoundTerms boundTerms(Pass pass, NDArray x, Condition condition, long samples) {
        appliedTo(pass, x.getShape());
        requireFit(x, condition);
        shared.ifPresent(like -> pass.noise().normal(new Shape(1, 1, 1), like));
        NDArray data = x.expandDims(0);
        ApproximatePosterior q = posterior(pass, data);
        Sample draw = q.sample(pass, samples);
        NDArray z = pass.latent(draw.value());
        Inference inference = new Inference(q, () -> posterior(pass.frozen(), data), draw, z);
        StandardNormal prior = StandardNormal.over(data, 1);
        StochasticLayer layer =
                new StochasticLayer(inference, Memoized.of(() -> prior.logProb(z)), Memoized.of(() -> q.kl(prior)));
        return new BoundTerms(decode(pass, z).logProb(x), List.of(layer), penalty);
    }

    @Override
    public Distribution generate(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        return decode(pass, fromTop.get(0));
    }

    @Override
    public Distribution reconstruct(Pass pass, NDArray x, Condition condition) {
        return decode(pass, posterior(pass, x.expandDims(0)).pointEstimate());
    }

    private ApproximatePosterior posterior(Pass pass, NDArray data) {
        NDArray loc = data.mul(pass.value(slope));
        NDArray spread = data.zerosLike().add(pass.value(logScale));
        return new DensityPosterior(new DiagonalNormal(loc, spread, 1));
    }

    private DiagonalNormal decode(Pass pass, NDArray z) {
        return new DiagonalNormal(z.mul(pass.value(weight)), z.zerosLike(), 1);
    }
}
