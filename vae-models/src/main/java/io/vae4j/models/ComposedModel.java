package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.ModelBlock;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;
import java.util.List;
import java.util.Optional;

/**
 * A model p(x|z,c) p(z|c) with q(z|x,c) that is composed of an encoder, a posterior, a decoder and a prior. A subclass
 * writes {@link #boundTerms}: what the encoder sees, and what the samples are scored by.
 */
public abstract class ComposedModel extends ModelBlock implements PyTorchSource {

    private final Encoder encoder;
    private final Posterior posterior;
    private final Decoder decoder;
    private final Prior prior;

    // child and what it calls are final and touch DJL's list of children only; javac cannot see that from this file
    @SuppressWarnings("this-escape")
    protected ComposedModel(Encoder encoder, Posterior posterior, Decoder decoder, Prior prior) {
        this.encoder = child("encoder", encoder);
        this.posterior = child("posterior", posterior);
        this.decoder = child("decoder", decoder);
        this.prior = child("prior", prior);
    }

    /**
     * Samples z ~ q(z|x,c).
     *
     * @param x what the encoder sees, [K or 1, B, ...X]
     * @param samples how many for each of x's own, 1 where x has K > 1
     */
    protected final Inference infer(Pass pass, NDArray x, Condition condition, long samples) {
        ApproximatePosterior q = posteriorOf(pass, x, condition);
        return Inference.of(pass, q, () -> posteriorOf(pass.frozen(), x, condition), samples);
    }

    /** q(z|x,c), given the features of the encoder. */
    public final Posterior posterior() {
        return posterior;
    }

    /** p(x|z,c). */
    public final Decoder decoder() {
        return decoder;
    }

    /** p(z|c). */
    public final Prior prior() {
        return prior;
    }

    @Override
    public final Optional<Family<?>> likelihood() {
        return decoder.likelihood();
    }

    @Override
    public Distribution generate(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        requireFit(condition);
        NDArray z = prior.sample(pass, fromTop, samples, condition).value();
        return decoder.decode(pass, z, condition);
    }

    @Override
    public Distribution reconstruct(Pass pass, NDArray x, Condition condition) {
        requireFit(x, condition);
        ApproximatePosterior q = posteriorOf(pass, singleSample(pass, x), condition);
        return decoder.decode(pass, q.pointEstimate(), condition);
    }

    private ApproximatePosterior posteriorOf(Pass pass, NDArray x, Condition condition) {
        return posterior.infer(pass, encoder.features(pass, x, condition), condition);
    }

    /** Part by part, so that each is initialized by itself, whatever it is made of. */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        Condition condition = condition(inputs);
        NDArray x = singleSample(pass, inputs.head());
        NDArray features = ready(pass, encoder, condition, x).features(pass, x, condition);
        NDArray z = ready(pass, posterior, condition, features)
                .infer(pass, features, condition)
                .pointEstimate();
        ready(pass, decoder, condition, z);
        ready(pass, prior, condition, z);
        super.dryRun(pass, inputs);
    }

    /** What {@link #reconstruct} computes, in its two steps; samples of a prior are drawn by vae4j. */
    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        String x = inputs.with("x");
        String z = inputs.with("z");
        return PyTorchCode.returning(x, "self.reconstruct(" + x + ")")
                .and("encode", x, List.of("return self.posterior(self.encoder(" + x + "))"))
                .and("decode", z, List.of("return self.decoder(" + z + ")"))
                .and("reconstruct", x, List.of("return self.decode(" + inputs.with("self.encode(" + x + ")") + ")"));
    }
}
