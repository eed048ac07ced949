package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keys and values under names that they had once: recipes and run folders of that time still mean the same. */
final class Spellings {

    private static final Map<String, String> KEYS =
            Map.of("optimiser", "optimizer", "initialisation", "initialization");

    private static final Map<String, String> VALUES = Map.of(
            "reparameterised", "pathwise",
            "doubly-reparameterised", "doubly-reparameterized",
            "dynamic-binarisation", "dynamic-binarization",
            "grey", "gray",
            "as-initialised", "as-initialized",
            "grey-cross-entropy", "gray-cross-entropy");

    private Spellings() {}

    /** The name that a key has now. */
    static String key(String name) {
        return KEYS.getOrDefault(name, name);
    }

    /** The same tree under the names of now; a description is left as it is. */
    static JsonNode renewed(JsonNode tree) {
        if (tree instanceof ObjectNode mapping) {
            List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(mapping.properties());
            mapping.removeAll();
            entries.forEach(entry -> {
                boolean prose = entry.getKey().equals("description");
                mapping.set(key(entry.getKey()), prose ? entry.getValue() : renewed(entry.getValue()));
            });
            return mapping;
        }
        return tree.isTextual() ? TextNode.valueOf(VALUES.getOrDefault(tree.asText(), tree.asText())) : tree;
    }
}
