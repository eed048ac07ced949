package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.core.NoiseScheme;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What made a run: with the recipe and this, its numbers can be made again. What an earlier version did not write is
 * empty, and what a later one added is passed over.
 *
 * @param format of the whole run folder; see {@link #FORMAT}
 * @param recipe its name, for people
 * @param model what was trained, as reports call it
 * @param origin where the model came from: a recipe, or Java
 * @param dimensions how many numbers an example has, for bits per dimension
 * @param likelihood what log p(x|z) is
 * @param normalized whether the loss is built on a log-likelihood
 * @param bitsOffset what makes nats in bits per dimension; empty where such bits mean nothing
 * @param noise how its noise is drawn
 * @param plugins what was loaded besides this project
 * @param resumed when and on what the run went on
 * @param completed up to which epoch pictures, events and report are whole, 0 before the run's end; empty in runs of
 *     before this was written down
 * @param recipeSha256 the SHA-256 of recipe.yaml as the run wrote it
 * @param kernels what the environment said of kernels on GPUs, in words
 * @param step whether steps are {@code compiled} or {@code eager}; a run from before this was written down is eager
 * @param localSgd the workers that the run began with; empty where it had none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
        Optional<Integer> format,
        Optional<String> vae4j,
        Optional<String> java,
        Optional<String> djl,
        Optional<String> pytorch,
        Optional<String> device,
        Optional<String> deviceReason,
        Optional<Integer> threads,
        Optional<Long> seed,
        Optional<String> recipe,
        Optional<String> model,
        Optional<Origin> origin,
        Optional<String> gitRevision,
        Optional<DataRecord> data,
        Optional<Long> dimensions,
        Optional<String> started,
        Optional<String> likelihood,
        @JsonProperty("isLikelihood") Optional<Boolean> normalized,
        OptionalDouble bitsOffset,
        Optional<NoiseScheme> noise,
        List<PluginRecord> plugins,
        List<Resumption> resumed,
        Optional<Integer> completed,
        Optional<String> recipeSha256,
        Optional<String> kernels,
        Optional<String> step,
        Optional<LocalSgdRecord> localSgd) {

    /** The format of run folders that this version writes: 1 was that of 0.1.0, which did not say so. */
    public static final int FORMAT = 2;

    private static final double LOG2_OF_255 = Math.log(255) / Math.log(2);

    public Manifest {
        plugins = plugins == null ? List.of() : List.copyOf(plugins);
        resumed = resumed == null ? List.of() : List.copyOf(resumed);
    }

    /** Where a run's model came from. */
    public enum Origin {
        RECIPE,
        /** Made in Java: only the code that made it can make it again. */
        JAVA
    }

    /** A plugin that was loaded, and whether the recipe names a kind of it; a folder of classes has no checksum. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PluginRecord(String name, String version, Optional<String> sha256, Optional<Boolean> needed) {

        public PluginRecord {
            name = name == null ? "" : name;
            version = version == null ? "" : version;
        }
    }

    /**
     * On what, by which program and with which data a run went on.
     *
     * @param plugins what was loaded besides this project
     * @param changes what others than the run had changed in its folder, in sentences
     * @param localSgd the workers that it went on with; empty where it had none
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Resumption(
            String started,
            String device,
            int threads,
            Optional<String> vae4j,
            Optional<String> gitRevision,
            Optional<DataRecord> data,
            List<PluginRecord> plugins,
            List<String> changes,
            Optional<LocalSgdRecord> localSgd) {

        public Resumption {
            started = started == null ? "" : started;
            device = device == null ? "" : device;
            plugins = plugins == null ? List.of() : List.copyOf(plugins);
            changes = changes == null ? List.of() : List.copyOf(changes);
        }
    }

    /** The data that the run went on with last, or began with. */
    @JsonIgnore
    public Optional<DataRecord> latestData() {
        return resumed.stream()
                .flatMap(resumption -> resumption.data().stream())
                .reduce((earlier, later) -> later)
                .or(() -> data);
    }

    /** The workers that the run went on with last, or began with; empty where it had none. */
    @JsonIgnore
    public Optional<LocalSgdRecord> latestLocalSgd() {
        return resumed.isEmpty() ? localSgd : resumed.get(resumed.size() - 1).localSgd();
    }

    /** A run of which nothing is known. */
    static Manifest unknown() {
        return RunJson.MAPPER.convertValue(RunJson.MAPPER.createObjectNode(), Manifest.class);
    }

    /** The same run, gone on with once more. */
    public Manifest with(Resumption resumption) {
        return changed(
                "resumed",
                Stream.concat(resumed.stream(), Stream.of(resumption)).toList());
    }

    /** The same run, all of whose files are there as of an epoch. */
    public Manifest completed(int epoch) {
        return changed("completed", epoch);
    }

    /**
     * The same run, by a recipe that is written anew.
     *
     * @param sha256 empty while it is being written
     */
    Manifest withRecipe(Optional<String> sha256) {
        return changed("recipeSha256", sha256);
    }

    private Manifest changed(String entry, Object value) {
        ObjectNode tree = RunJson.MAPPER.valueToTree(this);
        tree.set(entry, RunJson.MAPPER.valueToTree(value));
        return RunJson.MAPPER.convertValue(tree, Manifest.class);
    }

    /** Nats per example in bits per dimension, where they mean something and the number of dimensions is known. */
    public OptionalDouble bitsPerDimension(double nats) {
        OptionalDouble offset = effectiveBitsOffset();
        return dimensions.orElse(0L) >= 1 && offset.isPresent()
                ? OptionalDouble.of(nats / (dimensions.orElseThrow() * Math.log(2)) + offset.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Whether log p is a density's, so that bits per dimension are no code length of the data. */
    @JsonIgnore
    public boolean isDensity() {
        return likelihood.orElse("").contains("log-density");
    }

    /**
     * What bits per dimension are beyond the bound of a model, in a word; empty where they are of probabilities. A unit
     * of 256 levels is one of dequantized bytes, whose density is an upper bound on the bits of the bytes (Theis et al.
     * 2016).
     */
    @JsonIgnore
    public Optional<String> bitsQualifier() {
        if (!isDensity()) {
            return Optional.empty();
        }
        boolean dequantized = bitsOffset.isPresent() && Math.abs(bitsOffset.getAsDouble() - 8) < 1e-9;
        return Optional.of(dequantized ? "upper bound" : "density");
    }

    /**
     * Runs of before it was written down were of probabilities, of a density of levels divided by 255, or of neither.
     */
    private OptionalDouble effectiveBitsOffset() {
        if (bitsOffset.isPresent() || noise.isPresent() || !normalized.orElse(true)) {
            return bitsOffset;
        }
        return OptionalDouble.of(isDensity() ? LOG2_OF_255 : 0);
    }
}
