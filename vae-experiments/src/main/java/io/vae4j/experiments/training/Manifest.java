package io.vae4j.experiments.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vae4j.core.NoiseScheme;
import io.vae4j.experiments.data.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What made a run: with the recipe and this, its numbers can be made again.
 *
 * @param dimensions numbers per image, for bits per dimension
 * @param normalized whether the loss is built on a log-likelihood
 * @param bitsOffset what makes nats in bits per dimension; not there where such bits mean nothing
 * @param noise how its noise is drawn; not there in runs that began before it was written down
 * @param resumed when and on what the run went on
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
        @JsonProperty("isLikelihood") boolean normalized,
        OptionalDouble bitsOffset,
        Optional<NoiseScheme> noise,
        List<Resumption> resumed) {

    public Manifest {
        resumed = List.copyOf(resumed);
    }

    /** The same run, gone on with once more. */
    Manifest with(Resumption resumption) {
        List<Resumption> all =
                Stream.concat(resumed.stream(), Stream.of(resumption)).toList();
        return new Manifest(
                vae4j,
                java,
                djl,
                pytorch,
                device,
                deviceReason,
                threads,
                seed,
                recipe,
                model,
                gitRevision,
                data,
                dimensions,
                started,
                likelihood,
                normalized,
                bitsOffset,
                noise,
                all);
    }

    /** The randomness that the run began with and goes on with. */
    public Randomness randomness() {
        return new Randomness(seed, noise.orElse(NoiseScheme.HASHED));
    }

    /** On what, and by which sources, a run went on. */
    public record Resumption(String started, String device, int threads, Optional<String> gitRevision) {}

    /** Which data, where they came from, and their checksums. */
    public record DataSource(String name, String source, Map<String, String> sha256) {

        /** What a data set says of its own origin. */
        public static DataSource of(String name, Provenance provenance) {
            return new DataSource(name, provenance.source(), provenance.sha256());
        }
    }
}
