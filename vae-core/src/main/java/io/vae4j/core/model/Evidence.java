package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * What a forward pass says about the data, term by term; every objective is a few lines over it.
 *
 * @param logLikelihood log p(x|z), [K, B], nats
 * @param layers the stochastic layers from the data upwards
 * @param penalty what the posteriors add to the loss whatever the objective, [B], nats
 */
public record Evidence(NDArray logLikelihood, List<Layer> layers, Optional<NDArray> penalty) {

    public Evidence {
        layers = List.copyOf(layers);
    }

    /** log w = log p(x,z) - log q(z|x), [K, B], nats: the log importance weight of each draw. */
    public NDArray logWeight() {
        NDArray sum = logLikelihood;
        for (Layer layer : layers) {
            sum = sum.sub(layer.sampledKl());
        }
        return sum;
    }

    /** -log p(x|z), the mean over the draws, [B], nats. */
    public NDArray reconstruction() {
        return logLikelihood.mean(new int[] {0}).neg();
    }

    /** KL of all layers together, the mean over the draws, [B], nats; closed where a layer has a closed form. */
    public NDArray kl() {
        return layers.stream()
                .map(layer -> layer.kl().mean(new int[] {0}))
                .reduce(NDArray::add)
                .orElseThrow(() -> new IllegalStateException("the model has no stochastic layer"));
    }

    /**
     * The evidence lower bound, [B], nats; for a point mass only minus the reconstruction, and no bound. Kingma and
     * Welling 2014, eq. 3, https://arxiv.org/abs/1312.6114
     */
    public NDArray elbo() {
        return reconstruction().add(kl()).neg();
    }
}
