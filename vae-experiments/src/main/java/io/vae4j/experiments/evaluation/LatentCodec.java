package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * From examples to the latents of every stochastic layer of a trained model, and from latents to the means of p(x|z).
 * What it returns, and what it makes on the way, belongs to the manager of what it is given.
 */
public final class LatentCodec {

    private final TrainedModel trained;

    public LatentCodec(TrainedModel trained) {
        this.trained = trained;
    }

    /**
     * The layers, from the data upwards, each at the center of its posterior given the centers that it was inferred
     * from: for Gaussians {@code z_l = E[q(z_l|parents)]}.
     *
     * @param examples B of them
     */
    public List<StochasticLayer> layers(Minibatch examples) {
        Pass pass = trained.evaluation(examples.x().getManager(), 0, 0).with(Noise.zero());
        return WithoutGradient.compute(() -> trained.model()
                .boundTerms(pass, examples.x(), examples.condition(), 1)
                .layers());
    }

    /**
     * The latents of {@link #layers}.
     *
     * @return one for each layer, the topmost first, [1, B, ...Z]
     */
    public List<NDArray> encode(Minibatch examples) {
        List<NDArray> latents = new ArrayList<>();
        layers(examples).forEach(layer -> latents.add(layer.inference().latent()));
        Collections.reverse(latents);
        return latents;
    }

    /**
     * The means of p(x|z,c) where some layers are given and those below are drawn from the prior given them.
     *
     * @param owner of what is returned
     * @param fromTop the topmost first, each [n, B or 1, ...Z]; of a model with one layer, z
     * @param samples n
     * @param seed of what is drawn; with every layer given, nothing is
     * @return [n, B or 1, ...X]
     */
    public NDArray decode(NDManager owner, List<NDArray> fromTop, long samples, Condition condition, long seed) {
        Pass pass = trained.sampling(owner, seed, 0);
        return WithoutGradient.compute(() ->
                trained.model().generate(pass, fromTop, samples, condition).mean());
    }
}
