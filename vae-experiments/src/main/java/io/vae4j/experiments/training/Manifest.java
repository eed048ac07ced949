package io.vae4j.experiments.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vae4j.experiments.data.Provenance;
import java.util.Map;
import java.util.Optional;

/**
 * What made a run: with the recipe and this, its numbers can be made again.
 *
 * @param dimensions numbers per image, for bits per dimension
 * @param normalised whether the loss is built on a log-likelihood
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Manifest(
        String vae4j,
        String java,
        String djl,
        String pytorch,
        String device,
        String deviceReason,
        int threads,
        long seed,
        String recipe,
        String model,
        Optional<String> gitRevision,
        DataSource data,
        long dimensions,
        String started,
        String likelihood,
        @JsonProperty("isLikelihood") boolean normalised) {

    /** Which data, where they came from, and their checksums. */
    public record DataSource(String name, String source, Map<String, String> sha256) {

        /** What a data set says of its own origin. */
        public static DataSource of(String name, Provenance provenance) {
            return new DataSource(name, provenance.source(), provenance.sha256());
        }
    }
}
