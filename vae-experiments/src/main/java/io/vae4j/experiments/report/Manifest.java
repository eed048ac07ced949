package io.vae4j.experiments.report;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What manifest.json says about how a run came about; each entry may be missing. */
record Manifest(JsonFile json) {

    static final String NAME = "manifest.json";

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

    /** Nats per image in bits per dimension, if the manifest tells the number of dimensions. */
    OptionalDouble bitsPerDimension(double nats) {
        double dimensions = json.number("dimensions").orElse(0);
        return dimensions >= 1 ? OptionalDouble.of(nats / (dimensions * Math.log(2))) : OptionalDouble.empty();
    }

    /** SHA-256 of the data files, by file name. */
    Map<String, String> checksums() {
        return json.texts("data", "sha256");
    }
}
