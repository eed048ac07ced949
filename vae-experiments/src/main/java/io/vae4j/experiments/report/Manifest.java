package io.vae4j.experiments.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What manifest.json says about how a run came about; each entry may be missing. */
final class Manifest {

    static final String NAME = "manifest.json";

    private static final long MOST_BYTES = 1L << 20;

    private final JsonNode root;

    private Manifest(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads the manifest of a run; a missing file is an empty manifest.
     *
     * @throws InvalidInput if the file is not a JSON object
     */
    static Manifest read(RunFiles files) throws IOException {
        JsonMapper json = new JsonMapper();
        Optional<byte[]> content = files.bytes(NAME, MOST_BYTES);
        if (content.isEmpty()) {
            return new Manifest(json.createObjectNode());
        }
        String where = files.folder().resolve(NAME).toString();
        try {
            JsonNode root = json.readTree(content.get());
            if (root.isObject()) {
                return new Manifest(root);
            }
        } catch (JsonProcessingException e) {
            throw fault(where, ": " + e.getOriginalMessage());
        }
        throw fault(where, "");
    }

    private static InvalidInput fault(String where, String detail) {
        return new InvalidInput("the manifest is not a JSON object" + detail, where, "restore or remove the file");
    }

    /** An entry that is a text, a number or a truth value, as text. */
    Optional<String> text(String... path) {
        return text(at(path));
    }

    /** Whether the loss is (a bound of) a log-likelihood; empty if the manifest does not say. */
    Optional<Boolean> isLikelihood() {
        JsonNode node = root.path("isLikelihood");
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    /** Nats per image in bits per dimension, if the manifest tells the number of dimensions. */
    OptionalDouble bitsPerDimension(double nats) {
        double dimensions = root.path("dimensions").asDouble(0);
        return dimensions >= 1 ? OptionalDouble.of(nats / (dimensions * Math.log(2))) : OptionalDouble.empty();
    }

    /** SHA-256 of the data files, by file name. */
    Map<String, String> checksums() {
        Map<String, String> checksums = new TreeMap<>();
        at("data", "sha256")
                .properties()
                .forEach(entry -> text(entry.getValue()).ifPresent(sum -> checksums.put(entry.getKey(), sum)));
        return checksums;
    }

    private JsonNode at(String... path) {
        JsonNode node = root;
        for (String key : path) {
            node = node.path(key);
        }
        return node;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isValueNode() && !node.isNull()
                ? Optional.of(node.asText()).filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
