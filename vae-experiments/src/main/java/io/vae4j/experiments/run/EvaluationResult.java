package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What evaluation.json says; nats per example. A figure that was not finite is NaN, and one that the file does not have
 * is empty.
 *
 * @param nll minus the importance-weighted bound of K samples, an upper bound of -log p(x) in expectation
 * @param nllStandardError of the mean over the examples
 * @param effectiveSampleSize of the importance weights, the mean over the examples, from 1 to K
 * @param leastEffectiveSampleSize the same of the example where it is smallest
 * @param elbo the mean of log w over the samples
 * @param reconstruction -log p(x|z)
 * @param activeUnits of each stochastic layer, from the data upwards
 * @param klPerLayer nats
 * @param codes how a codebook was used over all examples
 * @param checkpoint which of the run's weights were measured: last, best, or those of an epoch
 * @param samples K
 * @param images how many examples were looked at
 * @param seed of the binarization, where there is one, and of the samples
 * @param likelihood what log p(x|z) is
 * @param note where the nll is not what its name says
 * @param evaluations what further evaluations found, by their names
 */
@JsonPropertyOrder({"nll", "nll_se", "ess", "ess_min", "elbo", "reconstruction", "kl_per_layer", "active_units"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EvaluationResult(
        Optional<Double> nll,
        @JsonProperty("nll_se") Optional<Double> nllStandardError,
        @JsonProperty("ess") Optional<Double> effectiveSampleSize,
        @JsonProperty("ess_min") Optional<Double> leastEffectiveSampleSize,
        Optional<Double> elbo,
        Optional<Double> reconstruction,
        @JsonProperty("active_units") List<Integer> activeUnits,
        @JsonProperty("kl_per_layer") List<Double> klPerLayer,
        Optional<Codes> codes,
        Optional<Integer> epoch,
        Optional<String> checkpoint,
        Optional<Long> samples,
        Optional<Integer> images,
        Optional<Long> seed,
        Optional<String> likelihood,
        Optional<String> note,
        Map<String, Findings> evaluations) {

    public EvaluationResult {
        activeUnits = activeUnits == null ? List.of() : List.copyOf(activeUnits);
        klPerLayer = klPerLayer == null ? List.of() : List.copyOf(klPerLayer);
        evaluations = evaluations == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(evaluations));
    }

    /**
     * The result of an evaluation, to which further ones may be added.
     *
     * @param likelihood what log p(x|z) is
     */
    public static EvaluationResult of(
            LikelihoodFigures figures,
            int epoch,
            String checkpoint,
            long seed,
            String likelihood,
            Optional<String> note) {
        return new EvaluationResult(
                figures.nll,
                figures.nllStandardError,
                figures.effectiveSampleSize,
                figures.leastEffectiveSampleSize,
                figures.elbo,
                figures.reconstruction,
                figures.activeUnits,
                figures.klPerLayer,
                figures.codes,
                Optional.of(epoch),
                Optional.of(checkpoint),
                figures.samples,
                figures.images,
                Optional.of(seed),
                Optional.of(likelihood),
                note,
                Map.of());
    }

    /** The same figures, with one more thing that is to be known of them. */
    public EvaluationResult noting(String more) {
        return with(Optional.of(note.map(known -> known + "; " + more).orElse(more)), evaluations);
    }

    /** The same figures, with those of further evaluations. */
    public EvaluationResult with(Map<String, Findings> further) {
        return with(note, further);
    }

    /** Whether another evaluation was of the same weights on the same examples. */
    public boolean isOfTheSameAs(EvaluationResult other) {
        return List.of(epoch, images, seed, likelihood, note)
                .equals(List.of(other.epoch, other.images, other.seed, other.likelihood, other.note));
    }

    private EvaluationResult with(Optional<String> noted, Map<String, Findings> further) {
        return new EvaluationResult(
                nll,
                nllStandardError,
                effectiveSampleSize,
                leastEffectiveSampleSize,
                elbo,
                reconstruction,
                activeUnits,
                klPerLayer,
                codes,
                epoch,
                checkpoint,
                samples,
                images,
                seed,
                likelihood,
                noted,
                further);
    }

    /** What is known of the likelihood; its parts are those of the result. */
    public record LikelihoodFigures(
            Optional<Double> nll,
            Optional<Double> nllStandardError,
            Optional<Double> effectiveSampleSize,
            Optional<Double> leastEffectiveSampleSize,
            Optional<Double> elbo,
            Optional<Double> reconstruction,
            List<Integer> activeUnits,
            List<Double> klPerLayer,
            Optional<Codes> codes,
            Optional<Long> samples,
            Optional<Integer> images) {

        /** Of a model without a density. */
        public static final LikelihoodFigures NONE = new LikelihoodFigures(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The use of a codebook.
     *
     * @param used the share of codes that some example uses
     * @param perplexity exp of the entropy of their use, from 1 to the number of codes
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Codes(double used, double perplexity) {}
}
