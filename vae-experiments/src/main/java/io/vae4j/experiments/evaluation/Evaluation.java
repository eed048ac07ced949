package io.vae4j.experiments.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;

/**
 * What evaluation.json says; nats per image.
 *
 * @param nll minus the importance-weighted bound of K samples, an upper bound of -log p(x) in expectation
 * @param nllStandardError of the mean over the images
 * @param effectiveSampleSize of the importance weights, the mean over the images, from 1 to K
 * @param leastEffectiveSampleSize the same of the image where it is smallest
 * @param elbo the mean of log w over the samples
 * @param reconstruction -log p(x|z)
 * @param activeUnits of each stochastic layer, from the image upwards
 * @param klPerLayer nats
 * @param codes how a codebook was used over all images
 * @param seed of the binarization, where there is one, and of the samples
 * @param likelihood what log p(x|z) is
 * @param note where the nll is not what its name says
 */
@JsonPropertyOrder({"nll", "nll_se", "ess", "ess_min", "elbo", "reconstruction", "kl_per_layer", "active_units"})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Evaluation(
        double nll,
        @JsonProperty("nll_se") double nllStandardError,
        @JsonProperty("ess") double effectiveSampleSize,
        @JsonProperty("ess_min") double leastEffectiveSampleSize,
        double elbo,
        double reconstruction,
        @JsonProperty("active_units") List<Integer> activeUnits,
        @JsonProperty("kl_per_layer") List<Double> klPerLayer,
        Optional<Codes> codes,
        int epoch,
        long samples,
        int images,
        long seed,
        String likelihood,
        Optional<String> note) {

    /**
     * The use of a codebook.
     *
     * @param used the share of codes that some image uses
     * @param perplexity exp of the entropy of their use, from 1 to the number of codes
     */
    public record Codes(double used, double perplexity) {}

    public Evaluation {
        activeUnits = List.copyOf(activeUnits);
        klPerLayer = List.copyOf(klPerLayer);
    }
}
