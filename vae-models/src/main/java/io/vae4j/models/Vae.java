package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;
import io.vae4j.core.model.StochasticLayer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The variational autoencoder p(x|z,c) p(z|c) with q(z|x,c). Kingma and Welling 2014, https://arxiv.org/abs/1312.6114
 *
 * <p>It is a prior, too: {@code new Vae(e1, q1, d1, new Vae(e2, q2, d2, N(0, I)))} is the deep model p(h2) p(h1|h2)
 * p(x|h1) with bottom-up inference q(h1|x) q(h2|h1).
 */
public final class Vae extends ComposedModel implements Prior {

    public Vae(Encoder encoder, Posterior posterior, Decoder decoder, Prior prior) {
        super(encoder, posterior, decoder, prior);
    }

    @Override
    public int layers() {
        return prior().layers() + 1;
    }

    @Override
    public BoundTerms boundTerms(Pass pass, NDArray x, Condition c, long samples) {
        requireFit(x, c);
        Inference z = infer(pass, singleSample(pass, x), c, samples); //                  z ~ q(z|x,c)
        NDArray logLikelihood = decoder().decode(pass, z.latent(), c).logProb(x); //      log p(x|z,c)
        return BoundTerms.of(logLikelihood, prior().explain(pass, z, c)); //              log p(z|c), log q(z|x,c), KL
    }

    /**
     * The terms for latents that were inferred in another way than by the encoder, such as by variational parameters of
     * one example alone.
     *
     * @param x [B, ...X]
     */
    public BoundTerms boundTerms(Pass pass, NDArray x, Condition c, Inference z) {
        requireFit(x, c);
        NDArray logLikelihood = decoder().decode(pass, z.latent(), c).logProb(x);
        return BoundTerms.of(logLikelihood, prior().explain(pass, z, c));
    }

    /** The layers of this model as the prior of z: z under the decoder, for h inferred from z, and the layers above. */
    @Override
    public List<StochasticLayer> explain(Pass pass, Inference below, Condition condition) {
        Inference above = infer(pass, below.latent(), condition, 1);
        Memoized<NDArray> logPrior = Memoized.of(
                () -> decoder().decode(pass, above.latent(), condition).logProb(below.latent()));
        StochasticLayer layer = new StochasticLayer(below.requireContinuous(), logPrior, Memoized.of(Optional::empty));
        return Stream.concat(Stream.of(layer), prior().explain(pass, above, condition).stream())
                .toList();
    }

    @Override
    public Sample sample(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        if (fromTop.size() == layers()) {
            return Sample.of(fromTop.get(layers() - 1));
        }
        return Sample.of(generate(pass, fromTop, samples, condition).sample(pass.noise(), 1));
    }
}
