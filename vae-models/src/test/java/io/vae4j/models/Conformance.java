package io.vae4j.models;

import static io.vae4j.models.ConformingModel.of;

import java.util.stream.Stream;

/** The one list of models that keep {@link ModelContract}; adding a model adds one line. */
final class Conformance {

    private Conformance() {}

    static Stream<ConformingModel> models() {
        return Stream.of(
                of("Bernoulli", Models::bernoulli),
                of("grey levels", Models::grey),
                of("learned normal prior", Models::learnedPrior),
                of("mixture prior", Models::mixturePrior),
                of("VampPrior", Models::vampPrior),
                of("p(z|c)", Models::conditionalPrior).onlyGivenACondition(),
                of("full covariance", Models::fullCovariance),
                of("planar flow", Models::planar),
                of("inverse autoregressive flow", Models::inverseAutoregressive),
                of("autoencoder", Models::autoencoder).withoutDensity(),
                of("linear Gaussian", Models::linearGaussian),
                of("convolutional", Models::convolutional),
                of("convolutional with a grid of latents", Models::convolutionalGrid),
                of("bottom-up inference", Models::twoLayers).withLayers(2),
                of("top-down inference", Models::topDown).withLayers(3),
                of("VQ-VAE, moving averages", Models::quantised),
                of("VQ-VAE, gradient", Models::quantisedByGradient),
                of("VQ-VAE, learned prior", Models::quantisedWithLearnedPrior));
    }
}
