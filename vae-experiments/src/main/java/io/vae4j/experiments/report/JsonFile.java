package io.vae4j.experiments.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A JSON object in a run folder, any entry of which may be missing. */
record JsonFile(JsonNode root) {

    private static final long MOST_BYTES = 1L << 20;

    /**
     * Reads a file of the run; empty if there is none.
     *
     * @throws InvalidInput if the file is not a JSON object
     */
    static Optional<JsonFile> read(RunFiles files, String name) throws IOException {
        Optional<byte[]> content = files.bytes(name, MOST_BYTES);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        String where = files.folder().resolve(name).toString();
        try {
            JsonNode root = new JsonMapper().readTree(content.get());
            if (root.isObject()) {
                return Optional.of(new JsonFile(root));
            }
        } catch (JsonProcessingException e) {
            throw fault(where, ": " + e.getOriginalMessage());
        }
        throw fault(where, "");
    }

    private static InvalidInput fault(String where, String detail) {
        return new InvalidInput("the file is not a JSON object" + detail, where, "restore or remove the file");
    }

    static JsonFile empty() {
        return new JsonFile(new JsonMapper().createObjectNode());
    }

    /** Whether there is such an entry, be it null. */
    boolean has(String... path) {
        return !at(path).isMissingNode();
    }

    /** An entry that is a text, a number or a truth value, as text. */
    Optional<String> text(String... path) {
        return text(at(path));
    }

    /** The texts of an object's entries, by their names. */
    Map<String, String> texts(String... path) {
        Map<String, String> texts = new TreeMap<>();
        at(path).properties().forEach(entry -> text(entry.getValue()).ifPresent(t -> texts.put(entry.getKey(), t)));
        return texts;
    }

    /** A finite number. */
    OptionalDouble number(String... path) {
        return number(at(path));
    }

    /** The numbers of an array, each at its place: what is no finite number is empty. */
    List<OptionalDouble> numbers(String... path) {
        return StreamSupport.stream(at(path).spliterator(), false)
                .map(JsonFile::number)
                .toList();
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue())
                ? OptionalDouble.of(node.doubleValue())
                : OptionalDouble.empty();
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
