package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Lazy;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Draw;
import io.vae4j.core.model.AfterStep;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.InferenceOrder;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Layer;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The variational autoencoder p(x|z,c) p(z|c) with q(z|x,c). Kingma and Welling 2014, https://arxiv.org/abs/1312.6114
 *
 * <p>It is a prior, too: {@code new Vae(e1, q1, d1, new Vae(e2, q2, d2, N(0, I)))} is the deep model p(h2) p(h1|h2)
 * p(x|h1) with bottom-up inference q(h1|x) q(h2|h1).
 */
public final class Vae extends TypedBlock implements LatentModel, Prior, AfterStep {

    private final Encoder encoder;
    private final Posterior posterior;
    private final Decoder decoder;
    private final Prior prior;

    public Vae(Encoder encoder, Posterior posterior, Decoder decoder, Prior prior) {
        this.encoder = child("encoder", encoder);
        this.posterior = child("posterior", posterior);
        this.decoder = child("decoder", decoder);
        this.prior = child("prior", prior);
    }

    @Override
    public int layers() {
        return prior.layers() + 1;
    }

    @Override
    public Evidence evidence(Pass pass, NDArray x, Condition condition, long draws) {
        requireFit(x, condition);
        Inference inference = infer(pass, singleDraw(pass, x), condition, draws);
        NDArray logLikelihood =
                decoder.decode(pass, inference.latent(), condition).logProb(x);
        List<Layer> layers = prior.explain(pass, inference, condition);
        return Evidence.of(logLikelihood, layers, InferenceOrder.BOTTOM_UP);
    }

    /** As a prior of z: log p(z|h) under the decoder, for h inferred from z; there is no closed KL below the top. */
    @Override
    public List<Layer> explain(Pass pass, Inference below, Condition condition) {
        Inference above = infer(pass, below.latent(), condition, 1);
        Lazy<NDArray> logPrior =
                Lazy.of(() -> decoder.decode(pass, above.latent(), condition).logProb(below.latent()));
        Layer layer = new Layer(below, logPrior, Lazy.of(Optional::empty));
        return Stream.concat(Stream.of(layer), prior.explain(pass, above, condition).stream())
                .toList();
    }

    @Override
    public Draw sample(Pass pass, List<NDArray> fromTop, long draws, Condition condition) {
        if (fromTop.size() == layers()) {
            return Draw.of(fromTop.get(layers() - 1));
        }
        return Draw.of(generate(pass, fromTop, draws, condition).sample(pass.noise(), 1));
    }

    @Override
    public Distribution generate(Pass pass, List<NDArray> fromTop, long draws, Condition condition) {
        requireFit(condition);
        NDArray z = prior.sample(pass, fromTop, draws, condition).value();
        return decoder.decode(pass, z, condition);
    }

    @Override
    public Distribution reconstruct(Pass pass, NDArray x, Condition condition) {
        requireFit(x, condition);
        ApproximatePosterior q = posteriorOf(pass, singleDraw(pass, x), condition);
        return decoder.decode(pass, q.centre(), condition);
    }

    @Override
    public void afterStep(Pass pass, Evidence evidence, long step) {
        for (Block part : getChildren().values()) {
            if (part instanceof AfterStep changing) {
                changing.afterStep(pass, evidence, step);
            }
        }
    }

    private Inference infer(Pass pass, NDArray x, Condition condition, long draws) {
        ApproximatePosterior q = posteriorOf(pass, x, condition);
        return Inference.draw(pass, q, () -> posteriorOf(pass.frozen(), x, condition), draws);
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
