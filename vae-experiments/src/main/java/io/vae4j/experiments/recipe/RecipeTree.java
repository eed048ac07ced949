package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.experiments.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A recipe with what it extends: the keys that it gives, over those of the other one. */
record RecipeTree(RecipeFormat format) {

    private static final String KIND = "kind";
    private static final String EXTENDS = "extends";

    /** The keys of a recipe and of all that it extends; what nobody gives is not in it. */
    ObjectNode resolved(RecipeText text) throws JsonProcessingException {
        return resolved(text, new ArrayList<>());
    }

    private ObjectNode resolved(RecipeText text, List<String> extending) throws JsonProcessingException {
        if (extending.contains(text.identity())) {
            throw new InvalidInput("the recipe extends itself", text.where(), "end the circle " + extending);
        }
        extending.add(text.identity());
        ObjectNode own = own(text);
        JsonNode base = own.remove(EXTENDS);
        if (base == null) {
            return Spellings.renewed(own, MissingNode.getInstance());
        }
        ObjectNode merged = format.completed(resolved(text.extended(base.asText()), extending));
        merge(merged, Spellings.renewed(own, merged));
        return merged;
    }

    private ObjectNode own(RecipeText text) throws JsonProcessingException {
        if (!(format.tree(text.yaml(), text.where()) instanceof ObjectNode root)) {
            throw new InvalidInput("the recipe is empty or not a mapping", text.where(), "start from ./vae recipes");
        }
        int version = root.path("recipeVersion").asInt(Recipe.VERSION);
        if (version > Recipe.VERSION) {
            throw new InvalidInput(
                    "the recipe has version " + version + ", of a later vae4j",
                    text.where(),
                    "take that one; this one reads versions up to " + Recipe.VERSION);
        }
        return root.put("recipeVersion", Recipe.VERSION);
    }

    private static void merge(ObjectNode base, ObjectNode over) {
        for (Map.Entry<String, JsonNode> entry : over.properties()) {
            set(base, entry.getKey(), entry.getValue());
        }
    }

    /** A mapping that has nothing but one value, at the end of a path. */
    static ObjectNode nested(List<String> path, JsonNode value) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode node = root;
        for (String key : path.subList(0, path.size() - 1)) {
            node = node.putObject(key);
        }
        node.set(path.get(path.size() - 1), value);
        return root;
    }

    /** Sets a key; of a mapping of the same kind, only the keys that are given. */
    static void set(ObjectNode node, String key, JsonNode value) {
        if (!(node.get(key) instanceof ObjectNode before)) {
            node.set(key, value);
        } else if (value.isTextual() && before.has(KIND)) {
            if (!before.get(KIND).equals(value)) {
                node.putObject(key).set(KIND, value);
            }
        } else if (value instanceof ObjectNode over
                && over.path(KIND)
                        .asText(before.path(KIND).asText())
                        .equals(before.path(KIND).asText())) {
            merge(before, over);
        } else {
            node.set(key, value);
        }
    }
}
