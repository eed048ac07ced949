package io.vae4j.models;

import static io.vae4j.models.ConformingModel.model;

import io.vae4j.models.family.ColorMixturePixels;
import io.vae4j.models.family.LaplacePixels;
import io.vae4j.models.family.PredictedScale;
import java.util.stream.Stream;

/** The one list of models that keep {@link ModelContract}; adding a model adds one line. */
final class Conformance {

    private Conformance() {}

    static Stream<ConformingModel> models() {
        return Stream.of(
                model("Bernoulli", Models::bernoulli),
                model("gray levels", Models::gray),
                model("Laplace", () -> Models.under((x, h) -> new LaplacePixels(x, new PredictedScale(1), h))),
                model("mixture of colors", () -> Models.under((x, h) -> new ColorMixturePixels(x, 3, h))),
                model("learned normal prior", Models::learnedPrior),
                model("mixture prior", Models::mixturePrior),
                model("VampPrior", Models::vampPrior),
                model("p(z|c)", Models::conditionalPrior).onlyGivenACondition(),
                model("full covariance", Models::fullCovariance),
                model("planar flow", Models::planar),
                model("inverse autoregressive flow", Models::inverseAutoregressive),
                model("inverse autoregressive flow of ten dimensions", Models::wideFlow),
                model("autoencoder", Models::autoencoder).withoutDensity(),
                model("linear Gaussian", Models::linearGaussian),
                model("convolutional", Models::convolutional),
                model("convolutional with a grid of latents", Models::convolutionalGrid),
                model("bottom-up inference", Models::twoLayers).withLayers(2),
                model("top-down inference", Models::topDown).withLayers(3),
                model("top-down inference with skip connections", Models::topDownWithSkips)
                        .withLayers(3),
                model("top-down inference of feature maps", Models::topDownMaps).withLayers(2),
                model("VQ-VAE, moving averages", Models::quantized),
                model("VQ-VAE, gradient", Models::quantizedByGradient),
                model("VQ-VAE, learned prior", Models::quantizedWithLearnedPrior),
                model("VQ-VAE of two levels", Models::twoLevelsOfCodes).withLayers(2),
                model("finite scalar quantization", Models::finiteScalars));
    }
}
