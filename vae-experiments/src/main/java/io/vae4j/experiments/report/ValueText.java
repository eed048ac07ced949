package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Values of recipes as a page writes them: a part by its kind and its keys, as in {@code iwae, samples 5}. */
final class ValueText {

    private ValueText() {}

    static String of(JsonNode value) {
        if (value instanceof ArrayNode list) {
            return StreamSupport.stream(list.spliterator(), false)
                    .map(ValueText::of)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isFloatingPointNumber()) {
            return value.decimalValue().stripTrailingZeros().toPlainString();
        }
        if (!value.isObject()) {
            return value.asText();
        }
        String kind = value.path("kind").asText();
        String rest = value.properties().stream()
                .filter(entry -> !entry.getKey().equals("kind"))
                .map(entry -> entry.getKey() + " " + inner(entry.getValue()))
                .collect(Collectors.joining(", "));
        return kind.isEmpty() || rest.isEmpty() ? kind + rest : kind + ", " + rest;
    }

    private static String inner(JsonNode value) {
        return value.isObject() ? "(" + of(value) + ")" : of(value);
    }
}
