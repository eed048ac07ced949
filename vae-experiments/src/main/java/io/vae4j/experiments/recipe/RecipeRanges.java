package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Within;
import java.lang.reflect.RecordComponent;
import java.util.Optional;

/** Holds the numbers of a recipe against the ranges that the records of its parts give. */
record RecipeRanges(RecipeFormat format) {

    /**
     * Refuses what is outside, by its key as {@code --set} names it.
     *
     * @param node a complete tree
     * @param prefix of the keys of this record, with a dot at the end where there is one
     */
    void require(JsonNode node, Class<?> type, String prefix) {
        for (RecordComponent key : type.getRecordComponents()) {
            JsonNode value = node.path(key.getName());
            String name = prefix + key.getName();
            Optional.ofNullable(key.getAnnotation(Within.class))
                    .map(Interval::of)
                    .ifPresent(range -> requireIn(range, name, value));
            RecipeFormat.element(key)
                    .ifPresentOrElse(
                            element -> value.forEach(each -> requirePart(each, element, name)),
                            () -> requirePart(value, RecipeFormat.asked(key), name));
        }
    }

    private void requirePart(JsonNode value, Class<?> type, String name) {
        Class<?> record = format.kinds(type).getOrDefault(value.path("kind").asText(), type);
        if (value.isObject() && record.isRecord()) {
            require(value, record, name + ".");
        }
    }

    private static void requireIn(Interval range, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(each -> requireIn(range, name, each));
        } else if (value.isNumber() && !range.contains(value.doubleValue())) {
            throw new InvalidInput(
                    name + " is " + value.asText(), KeyChecks.RECIPE, "give a number in " + range.text());
        }
    }
}
