package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keys and values under names that they had once: recipes and run folders of that time still mean the same. */
final class Spellings {

    private static final Map<String, String> KEYS =
            Map.of("optimiser", "optimizer", "initialisation", "initialization", "pixels", "values");

    private static final Map<String, String> VALUES = Map.of(
            "reparameterised", "pathwise",
            "doubly-reparameterised", "doubly-reparameterized",
            "dynamic-binarisation", "dynamic-binarization",
            "grey", "as-stored",
            "gray", "as-stored",
            "as-initialised", "as-initialized",
            "grey-cross-entropy", "gray-cross-entropy");

    private Spellings() {}

    /** The path that a key has now, such as {@code data.set} for {@code data.name}. */
    static List<String> path(String key) {
        String renewed = key.equals("data.name") ? "data.set" : key;
        return Arrays.stream(renewed.split("\\.", -1)).map(Spellings::key).toList();
    }

    private static String key(String name) {
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
            if (mapping.get("data") instanceof ObjectNode data && data.has("name") && !data.has("set")) {
                data.set("set", data.remove("name"));
            }
            return mapping;
        }
        return tree.isTextual() ? TextNode.valueOf(VALUES.getOrDefault(tree.asText(), tree.asText())) : tree;
    }
}
