package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vae4j.experiments.Example;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Walks over all kinds that a recipe knows, each as its {@link Example}: a new kind is in it without a line. */
final class KindExamples {

    private static final RecipeFormat FORMAT = RecipeFormat.current();

    private KindExamples() {}

    /** The example of every kind. */
    static List<ObjectNode> examples(Class<?> type) {
        return FORMAT.kinds(type).values().stream().map(KindExamples::example).toList();
    }

    /** The example of every kind, and it with each of its parts replaced by every other one, one at a time. */
    static List<ObjectNode> variants(Class<?> type) {
        return FORMAT.kinds(type).values().stream()
                .flatMap(kind -> variantsOf(kind).stream())
                .distinct()
                .toList();
    }

    /** The example of every kind with all combinations of its parts. */
    static List<ObjectNode> combinations(Class<?> type) {
        return FORMAT.kinds(type).values().stream()
                .flatMap(kind -> combinationsOf(kind).stream())
                .distinct()
                .toList();
    }

    private static List<ObjectNode> variantsOf(Class<?> kind) {
        List<ObjectNode> variants = new ArrayList<>(List.of(example(kind)));
        for (RecordComponent part : kind.getRecordComponents()) {
            alternatives(part.getType()).forEach(alternative -> variants.add(with(example(kind), part, alternative)));
        }
        return variants;
    }

    private static List<ObjectNode> combinationsOf(Class<?> kind) {
        List<ObjectNode> all = List.of(example(kind));
        for (RecordComponent part : kind.getRecordComponents()) {
            List<? extends JsonNode> alternatives = alternatives(part.getType());
            if (!alternatives.isEmpty()) {
                all = all.stream()
                        .flatMap(tree -> alternatives.stream().map(each -> with(tree.deepCopy(), part, each)))
                        .toList();
            }
        }
        return all;
    }

    /**
     * What a part may be: a kind, one of our names, or a record's variants; how a network is built is no alternative.
     */
    private static List<? extends JsonNode> alternatives(Class<?> part) {
        if (!FORMAT.kinds(part).isEmpty()) {
            return examples(part);
        }
        if (part.isEnum() && !part.getPackageName().equals("io.vae4j.models.network") && part != OutputBias.class) {
            return Arrays.stream(part.getEnumConstants())
                    .map(value -> (JsonNode) TextNode.valueOf(FORMAT.written(value)))
                    .toList();
        }
        return List.of();
    }

    private static ObjectNode with(ObjectNode tree, RecordComponent part, JsonNode value) {
        tree.set(part.getName(), value);
        return tree;
    }

    static ObjectNode example(Class<?> kind) {
        Example example = Objects.requireNonNull(
                kind.getAnnotation(Example.class),
                kind.getSimpleName() + " has no @Example, which every kind must have");
        return (ObjectNode) yaml(example.value());
    }

    static JsonNode yaml(String text) {
        try {
            return FORMAT.tree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** A whole recipe, checked for its keys and values but not for what goes together. */
    static Recipe recipe(Map<String, JsonNode> parts) {
        ObjectNode root = (ObjectNode) yaml("{description: generated, train: {epochs: 1, batch: 16}}");
        parts.forEach(root::set);
        try {
            return FORMAT.recipe(FORMAT.completed(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(root.toString(), e);
        }
    }
}
