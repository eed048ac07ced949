package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.vae4j.experiments.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The values of a recipe by their keys as {@code --set} names them, such as {@code model.latent}: what recipes are
 * compared by. The kind of a part stands under the part's own key, a list of numbers is one text, and what a recipe
 * only says of itself is left out.
 */
public final class RecipeValues {

    private static final String KIND = "kind";

    /** Nothing that is trained depends on these. */
    private static final Set<String> ABOUT = Set.of("recipeVersion", "description");

    private final Map<String, ValueNode> values = new LinkedHashMap<>();

    private RecipeValues() {}

    /**
     * Of a recipe, under today's names and with what it leaves out by default.
     *
     * @param where names it in messages
     * @return empty if the text is no recipe at all
     * @throws InvalidInput if a later version wrote it
     */
    public static Optional<Map<String, ValueNode>> of(String yaml, String where) {
        RecipeFormat format = RecipeFormat.current();
        try {
            if (!(format.tree(yaml) instanceof ObjectNode)) {
                return Optional.empty();
            }
            return Optional.of(flat(format.completed(new RecipeTree(format).resolved(new RecipeText(yaml, where)))));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Of a text as it is, be it a whole recipe or what stands for one; none if it is not a YAML mapping. */
    public static Map<String, ValueNode> asWritten(String yaml) {
        try {
            JsonNode root = RecipeFormat.current().tree(yaml);
            return root instanceof ObjectNode mapping ? flat(mapping) : Map.of();
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    private static Map<String, ValueNode> flat(ObjectNode root) {
        RecipeValues found = new RecipeValues();
        root.properties().stream()
                .filter(entry -> !ABOUT.contains(entry.getKey()))
                .forEach(entry -> found.collect(entry.getKey(), entry.getValue()));
        return found.values;
    }

    private void collect(String key, JsonNode node) {
        if (node instanceof ObjectNode mapping) {
            mapping.properties()
                    .forEach(entry ->
                            collect(entry.getKey().equals(KIND) ? key : key + "." + entry.getKey(), entry.getValue()));
        } else if (node instanceof ValueNode value) {
            if (!value.isNull()) {
                values.put(key, normal(value));
            }
        } else if (elements(node).allMatch(ValueNode.class::isInstance)) {
            values.put(
                    key,
                    TextNode.valueOf(elements(node).map(JsonNode::asText).collect(Collectors.joining(", ", "[", "]"))));
        } else {
            for (int i = 0; i < node.size(); i++) {
                collect(key + "[" + i + "]", node.get(i));
            }
        }
    }

    /** One number has one form, be it written 1 or 1.0. */
    private static ValueNode normal(ValueNode value) {
        boolean whole = value.isNumber() && value.canConvertToLong() && value.doubleValue() == value.longValue();
        return whole ? LongNode.valueOf(value.longValue()) : value;
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
