package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** What a user is told when a recipe does not map to what is known. */
record RecipeFaults(RecipeFormat format) {

    static InvalidInput unknownKey(String key, Iterator<String> known, String where) {
        List<String> names = new ArrayList<>();
        known.forEachRemaining(names::add);
        names.sort(Comparator.naturalOrder());
        return new InvalidInput(
                "unknown key '" + key + "'",
                where,
                Nearest.hint(key, names) + "known: " + names
                        + "; another kind is set as a whole, as in --set 'objective={kind: iwae, samples: 5}'");
    }

    /** Turns Jackson's exception into the one line that a user needs. */
    RuntimeException explain(JsonProcessingException e, String where) {
        if (e instanceof ValueInstantiationException && e.getCause() instanceof InvalidInput fault) {
            return fault;
        }
        if (e.getCause() instanceof LinkageError fault) {
            throw fault; // no fault of the recipe's
        }
        String at = where + ", " + location(e);
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
                    "write {kind: NAME}, where NAME is one of " + kinds(kind)
                            + ", or bring the plugin that has it by --plugin");
        }
        if (e instanceof InvalidFormatException wrong) {
            return new InvalidInput(
                    "'" + wrong.getValue() + "' does not fit",
                    at,
                    "give " + new RecipeKeys(format).sort(wrong.getTargetType()));
        }
        if (e.getOriginalMessage().matches("(?s)Missing (required )?creator property.*")) {
            return new InvalidInput("a key is missing: " + missingKey(e), at, "add it; ./vae recipes --keys shows all");
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null && isScalar(mismatch)) {
            return new InvalidInput(
                    "a value of another type", at, "give " + new RecipeKeys(format).sort(mismatch.getTargetType()));
        }
        return new InvalidInput(firstSentence(e.getOriginalMessage()), at, "compare with a built-in recipe");
    }

    private static String location(JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        if (!path.isEmpty()) {
            return path;
        }
        return e.getLocation() == null ? "top level" : "line " + e.getLocation().getLineNr();
    }

    private String kinds(InvalidTypeIdException e) {
        return format.kinds(e.getBaseType().getRawClass()).keySet().toString();
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
