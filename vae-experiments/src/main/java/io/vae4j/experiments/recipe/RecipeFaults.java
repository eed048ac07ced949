package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Nearest;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a user is told when a recipe does not map to what is known.
 *
 * @param origin of its values
 */
record RecipeFaults(RecipeFormat format, RecipeOrigin origin) {

    /** Letters of a value: a message is a line. */
    private static final int MOST_SHOWN = 60;

    static InvalidInput unknownKey(String key, Iterator<String> known, String where) {
        List<String> names = new ArrayList<>();
        known.forEachRemaining(names::add);
        names.sort(Comparator.naturalOrder());
        return new InvalidInput(
                "unknown key '" + key + "'",
                where,
                Nearest.hint(key, names) + "known: " + names
                        + "; another kind is given as a whole, as in 'objective={kind: iwae, samples: 5}'");
    }

    /** What cannot be read at all. */
    static InvalidInput noYaml(JsonProcessingException e, String where) {
        return new InvalidInput(
                "this is no YAML: " + plainLines(e.getOriginalMessage()),
                where,
                "look for a bracket, brace or quote that is not closed, or a line that is indented differently");
    }

    /** Those that are no places and no excerpts, which are indented. */
    private static String plainLines(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(", "));
    }

    /**
     * Turns Jackson's exception into the one line that a user needs.
     *
     * @param root the recipe's keys, as far as they were read
     */
    RuntimeException explain(JsonProcessingException e, ObjectNode root) {
        if (e instanceof ValueInstantiationException && e.getCause() instanceof InvalidInput fault) {
            return origin.locate(fault);
        }
        if (e.getCause() instanceof LinkageError fault) {
            throw fault; // no fault of the recipe's
        }
        if (e instanceof JsonParseException) {
            return noYaml(e, origin.recipe() + ", " + line(e));
        }
        String at = location(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            Iterator<String> known =
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).iterator();
            return unknownKey(unknown.getPropertyName(), known, at);
        }
        if (e instanceof InvalidTypeIdException kind) {
            String fault = kind.getTypeId() == null ? "no kind is given" : "unknown kind '" + kind.getTypeId() + "'";
            return new InvalidInput(
                    fault,
                    at,
                    Nearest.hint(String.valueOf(kind.getTypeId()), kinds(kind))
                            + "write {kind: NAME}, where NAME is one of "
                            + kinds(kind)
                            + ", or bring the plugin that has it by --plugin");
        }
        if (e instanceof InvalidFormatException wrong) {
            return new InvalidInput(
                    "'" + wrong.getValue() + "' does not fit",
                    at,
                    "give " + new RecipeKeys(format).sort(wrong.getTargetType()));
        }
        if (e.getOriginalMessage().matches("(?s)Missing (required )?creator property.*")) {
            return unknownBeside((JsonMappingException) e, root)
                    .orElseGet(() -> new InvalidInput(
                            "a key is missing: " + missingKey(e), at, "add it; ./vae recipes --keys shows all"));
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null && isScalar(mismatch)) {
            return new InvalidInput(
                    "'" + shown(at(root, mismatch.getPath())) + "' does not fit",
                    at,
                    "give " + new RecipeKeys(format).sort(mismatch.getTargetType()));
        }
        return new InvalidInput(firstSentence(e.getOriginalMessage()), at, "compare with a built-in recipe");
    }

    private String location(JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
        return path.isEmpty() ? origin.recipe() + ", " + line(e) : origin.of(path);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static JsonNode at(JsonNode root, List<Reference> path) {
        JsonNode node = root;
        for (Reference step : path) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node;
    }

    private static String shown(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    private static String line(JsonProcessingException e) {
        return e.getLocation() == null ? "top level" : "line " + e.getLocation().getLineNr();
    }

    /** A key that is there and not known, beside one that is missing: it is likely to be that one, misspelt. */
    private Optional<InvalidInput> unknownBeside(JsonMappingException e, ObjectNode root) {
        List<Reference> path = e.getPath();
        Object missingFrom = path.isEmpty() ? root : path.get(path.size() - 1).getFrom();
        if (!(missingFrom instanceof Class<?> type) || !type.isRecord()) {
            return Optional.empty();
        }
        JsonNode holder = at(root, path.subList(0, path.size() - 1));
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        String at = location(e);
        return holder.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("kind") && !known.contains(key))
                .findFirst()
                .map(key -> unknownKey(key, known.iterator(), at));
    }

    private Set<String> kinds(InvalidTypeIdException e) {
        return format.kinds(e.getBaseType().getRawClass()).keySet();
    }

    private static boolean isScalar(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        return type == Path.class
                || type.isPrimitive()
                || Number.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type);
    }

    /** As Jackson names it, in quotes. */
    private static String missingKey(JsonProcessingException e) {
        return e.getOriginalMessage().replaceAll("(?s)^[^']*'([^']*)'.*", "$1");
    }

    private static String firstSentence(String message) {
        return message.replaceAll("\\s*\\R.*", "").replaceAll(" \\(index \\d+\\)", "");
    }
}
