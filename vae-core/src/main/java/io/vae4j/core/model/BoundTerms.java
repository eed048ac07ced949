package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The terms of the bound on log p(x) for one batch; every objective is a few lines over them.
 *
 * @param logLikelihood log p(x|z), [K, B], nats
 * @param layers the stochastic layers from the data upwards
 * @param penalty what the posteriors add to the loss whatever the objective, [B], nats
 * @param order in which the layers were inferred
 */
public record BoundTerms(
        NDArray logLikelihood, List<StochasticLayer> layers, Optional<NDArray> penalty, InferenceOrder order) {

    public BoundTerms {
        layers = List.copyOf(layers);
    }

    /** The terms of a model with one layer, or with bottom-up inference. */
    public BoundTerms(NDArray logLikelihood, List<StochasticLayer> layers, Optional<NDArray> penalty) {
        this(logLikelihood, layers, penalty, InferenceOrder.BOTTOM_UP);
    }

    /**
     * The terms of a model with one layer or with bottom-up inference.
     *
     * @param logLikelihood log p(x|z,c), [K, B], nats
     * @param layers log p(z|c), log q(z|x,c) and their KL, layer by layer from the data upwards
     */
    public static BoundTerms of(NDArray logLikelihood, List<StochasticLayer> layers) {
        return of(logLikelihood, layers, InferenceOrder.BOTTOM_UP);
    }

    /** The same for layers that were inferred in any order; the penalties of their posteriors are added up. */
    public static BoundTerms of(NDArray logLikelihood, List<StochasticLayer> layers, InferenceOrder order) {
        Optional<NDArray> penalty = layers.stream()
                .flatMap(layer -> layer.inference().posterior().penalty().stream())
                .reduce(NDArray::add);
        return new BoundTerms(logLikelihood, layers, penalty, order);
    }

    /** The layers as they were inferred: each may depend on those before it. */
    public List<StochasticLayer> inferred() {
        List<StochasticLayer> inferred = new ArrayList<>(layers);
        if (order == InferenceOrder.TOP_DOWN) {
            Collections.reverse(inferred);
        }
        return inferred;
    }

    /**
     * The layer of a model that has one.
     *
     * @param asking what is defined for one layer only, as the message names it
     * @throws IllegalStateException if there are more
     */
    public StochasticLayer onlyLayer(String asking) {
        if (layers.size() != 1) {
            throw new IllegalStateException(
                    asking + " is defined for one stochastic layer, and this model has " + layers.size());
        }
        return layers.get(0);
    }

    /** log w = log p(x,z) - log q(z|x), [K, B], nats: the log importance weight of each sample. */
    public NDArray logWeight() {
        NDArray sum = logLikelihood;
        for (StochasticLayer layer : layers) {
            sum = sum.sub(layer.sampledKl());
        }
        return sum;
    }

    /** -log p(x|z), the mean over the samples, [B], nats. */
    public NDArray reconstruction() {
        return logLikelihood.mean(new int[] {0}).neg();
    }

    /** KL of all layers together, the mean over the samples, [B], nats; closed where a layer has a closed form. */
    public NDArray kl() {
        return layers.stream()
                .map(layer -> layer.kl().mean(new int[] {0}))
                .reduce(NDArray::add)
                .orElseThrow(() -> new IllegalStateException("the model has no stochastic layer"));
    }

    /** KL of all layers together by the samples, log q(z|x) - log p(z), the mean over the samples, [B], nats. */
    public NDArray sampledKl() {
        return reconstruction().add(logWeight().mean(new int[] {0})).neg();
    }

    /** log q(z|x) of all layers together, [K, B], nats. */
    public NDArray logPosterior() {
        return layers.stream()
                .map(StochasticLayer::logPosterior)
                .reduce(NDArray::add)
                .orElseThrow(() -> new IllegalStateException("the model has no stochastic layer"));
    }

    /** The same terms with each layer replaced: how estimators choose what the gradient sees of log q. */
    public BoundTerms withLayers(UnaryOperator<StochasticLayer> change) {
        return new BoundTerms(logLikelihood, layers.stream().map(change).toList(), penalty, order);
    }

    /**
     * The evidence lower bound, [B], nats; for a point mass only minus the reconstruction, and no bound. Kingma and
     * Welling 2014, eq. 3, https://arxiv.org/abs/1312.6114
     */
    public NDArray elbo() {
        return reconstruction().add(kl()).neg();
    }
}
