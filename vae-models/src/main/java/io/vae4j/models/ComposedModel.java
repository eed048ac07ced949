package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.InferenceOrder;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.CompletedStep;
import java.util.List;

/**
 * What models p(x|z,c) p(z|c) with q(z|x,c) share, each a composition of an encoder, a posterior, a decoder and a
 * prior: a subclass writes {@link #boundTerms}, that is what the encoder sees and what the samples are scored by.
 */
public abstract class ComposedModel extends TypedBlock implements LatentModel, AfterStep {

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

    /**
     * log p(x|z,c) of what was inferred, with the layers that the prior explains it by.
     *
     * @param x what the decoder must explain, [B, ...X]
     */
    protected final BoundTerms scored(Pass pass, NDArray x, Inference inference, Condition condition) {
        NDArray logLikelihood =
                decoder.decode(pass, inference.latent(), condition).logProb(x);
        return BoundTerms.of(logLikelihood, prior.explain(pass, inference, condition), InferenceOrder.BOTTOM_UP);
    }

    /** p(x|z,c). */
    protected final Decoder decoder() {
        return decoder;
    }

    /** p(z|c). */
    protected final Prior prior() {
        return prior;
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

    @Override
    public void afterStep(CompletedStep step) {
        AfterStep.passOn(this, step);
    }

    private ApproximatePosterior posteriorOf(Pass pass, NDArray x, Condition condition) {
        return posterior.infer(pass, encoder.encode(pass, x, condition), condition);
    }

    /** The mean of the reconstruction, [B, ...X]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(
                reconstruct(pass, inputs.head(), condition(inputs)).mean().squeeze(0));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape features = initialize(encoder, manager, type, inputs);
        Shape z = initialize(posterior, manager, type, withCondition(features, inputs));
        Shape decoded = initialize(decoder, manager, type, withCondition(z, inputs));
        requireSameEvents("decoder", decoded, "data", inputs[0]);
        prior.initialize(manager, type, withCondition(z, inputs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {inputs[0]};
    }
}
