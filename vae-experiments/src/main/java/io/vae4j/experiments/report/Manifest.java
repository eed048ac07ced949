package io.vae4j.experiments.report;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What manifest.json says about how a run came about; each entry may be missing. */
record Manifest(JsonFile json) {

    static final String NAME = "manifest.json";

    private static final double LOG2_OF_255 = Math.log(255) / Math.log(2);

    /**
     * Reads the manifest of a run; a missing file is an empty manifest.
     *
     * @throws io.vae4j.experiments.InvalidInput if the file is not a JSON object
     */
    static Manifest read(RunFiles files) throws IOException {
        return new Manifest(JsonFile.read(files, NAME).orElseGet(JsonFile::empty));
    }

    /** An entry that is a text, a number or a truth value, as text. */
    Optional<String> text(String... path) {
        return json.text(path);
    }

    /** Whether the loss is (a bound of) a log-likelihood; empty if the manifest does not say. */
    Optional<Boolean> isLikelihood() {
        return text("isLikelihood")
                .filter(text -> text.equals("true") || text.equals("false"))
                .map(Boolean::valueOf);
    }

    /** Nats per image in bits per dimension, where they mean something and the number of dimensions is known. */
    OptionalDouble bitsPerDimension(double nats) {
        double dimensions = json.number("dimensions").orElse(0);
        OptionalDouble offset = bitsOffset();
        return dimensions >= 1 && offset.isPresent()
                ? OptionalDouble.of(nats / (dimensions * Math.log(2)) + offset.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Whether log p is a density's, so that bits per dimension are no code length of the data. */
    boolean isDensity() {
        return text("likelihood").orElse("").contains("log-density");
    }

    /**
     * Runs of before it was written down were of probabilities, of a density of levels divided by 255, or of neither.
     */
    private OptionalDouble bitsOffset() {
        OptionalDouble written = json.number("bitsOffset");
        if (written.isPresent() || text("noise").isPresent() || !isLikelihood().orElse(true)) {
            return written;
        }
        return OptionalDouble.of(isDensity() ? LOG2_OF_255 : 0);
    }

    /** SHA-256 of the data files, by file name. */
    Map<String, String> checksums() {
        return json.texts("data", "sha256");
    }
}
