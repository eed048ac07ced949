package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys and values under names that they had once: recipes and run folders of that time still mean the same. Each is
 * renewed at the place where it stood, and nowhere else: a path or the keys of a plugin's kind may have such a name
 * too.
 */
final class Spellings {

    private static final Map<String, String> VALUES =
            Map.of("dynamic-binarisation", "dynamic-binarization", "grey", "as-stored", "gray", "as-stored");
    private static final Map<String, String> ESTIMATORS = Map.of(
            "reparameterised", "pathwise",
            "doubly-reparameterised", "doubly-reparameterized");
    private static final Map<String, String> LIKELIHOODS = Map.of("grey-cross-entropy", "gray-cross-entropy");
    private static final Map<String, String> BIASES = Map.of("as-initialised", "as-initialized");

    /** The kinds whose start was spelt otherwise; those of plugins have keys of their own. */
    private static final Set<String> MODELS = Set.of("vae", "deep-vae", "vq-vae", "linear-gaussian");

    private static final List<String> QUANTIZER = List.of("codebook", "commitment", "gradient");

    private static final Set<String> NETWORKS = Set.of("dense", "convolutional");

    private Spellings() {}

    /**
     * The same recipe, or part of one, under the names of now.
     *
     * @param recipe from the top level on; what is renamed is renamed in it
     * @param base what the recipe is laid over, which says the kinds that it leaves out
     */
    static ObjectNode renewed(ObjectNode recipe, JsonNode base) {
        key(recipe, "optimiser", "optimizer");
        if (recipe.get("data") instanceof ObjectNode data) {
            key(data, "name", "set");
            key(data, "pixels", "values");
            value(data, "values", VALUES);
        }
        kind(recipe, "estimator", ESTIMATORS);
        if (recipe.get("model") instanceof ObjectNode model) {
            kind(model, "likelihood", LIKELIHOODS);
            JsonNode baseModel = base.path("model");
            start(model, baseModel, MODELS);
            quantizer(model, baseModel);
            if (model.get("network") instanceof ObjectNode network) {
                start(network, baseModel.path("network"), NETWORKS);
            }
        }
        return recipe;
    }

    /** How weights and biases start, in one of the kinds that are named. */
    private static void start(ObjectNode part, JsonNode base, Set<String> kinds) {
        if (kinds.contains(kind(part, base))) {
            key(part, "initialisation", "initialization");
            value(part, "outputBias", BIASES);
        }
    }

    /** The keys of the one quantizer that there was, which stood among the model's. */
    private static void quantizer(ObjectNode model, JsonNode base) {
        boolean given = QUANTIZER.stream().anyMatch(model::has);
        if (kind(model, base).equals("vq-vae") && given) {
            ObjectNode quantizer = model.withObject("quantizer");
            QUANTIZER.stream().filter(model::has).forEach(key -> quantizer.set(key, model.remove(key)));
            if (!base.has("quantizer")) {
                quantizer.put("kind", "codebook");
            }
        }
    }

    private static String kind(ObjectNode part, JsonNode base) {
        return part.path("kind").asText(base.path("kind").asText());
    }

    private static void key(ObjectNode part, String before, String now) {
        if (part.has(before) && !part.has(now)) {
            part.set(now, part.remove(before));
        }
    }

    /** The kind of a part, whether it is said alone or with the part's keys. */
    private static void kind(ObjectNode parent, String part, Map<String, String> names) {
        if (parent.get(part) instanceof ObjectNode mapping) {
            value(mapping, "kind", names);
        } else {
            value(parent, part, names);
        }
    }

    private static void value(ObjectNode part, String key, Map<String, String> names) {
        String before = part.path(key).asText();
        if (names.containsKey(before)) {
            part.put(key, names.get(before));
        }
    }
}
