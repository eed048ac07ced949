package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The resolved recipe of a run, as it was written; shown, and read for names only. */
record RecipeText(String yaml) {

    static final String NAME = "recipe.yaml";

    private static final long MOST_BYTES = 1L << 20;

    static Optional<RecipeText> read(RunFiles files) throws IOException {
        return files.bytes(NAME, MOST_BYTES).map(bytes -> new RecipeText(new String(bytes, StandardCharsets.UTF_8)));
    }

    /** What the recipe calls one of its sections: {@code model: vae} or {@code model: {name: vae}}. */
    Optional<String> nameOf(String section) {
        JsonNode node;
        try {
            node = new YAMLMapper().readTree(yaml).path(section);
        } catch (IOException e) {
            // The report only shows the recipe; whether it is right was decided when it was run.
            return Optional.empty();
        }
        return Stream.of(node, node.path("name"), node.path("type"), node.path("kind"))
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .map(JsonNode::asText)
                .filter(name -> !name.isBlank())
                .findFirst();
    }
}
