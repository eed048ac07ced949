package io.vae4j.experiments.recipe;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key that a recipe may have, with the kinds and values that it takes, read off the records. */
public final class RecipeKeys {

    private final RecipeFormat format;

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

    /** What is longer says less. */
    private static final int LINE = 80;

    RecipeKeys(RecipeFormat format) {
        this.format = format;
    }

    /** A line for each key, indented below the one that it belongs to. */
    public static List<String> lines() {
        return new RecipeKeys(RecipeFormat.current()).keys(Recipe.class, "").toList();
    }

    private Stream<String> keys(Class<?> type, String indent) {
        return Arrays.stream(type.getRecordComponents()).flatMap(key -> key(key, indent));
    }

    private Stream<String> key(RecordComponent key, String indent) {
        Class<?> type = RecipeFormat.asked(key);
        Optional<Class<?>> element = RecipeFormat.element(key).filter(Class::isRecord);
        if (element.isPresent()) {
            return Stream.concat(
                    Stream.of(indent + key.getName() + ": a list, each with"), keys(element.get(), indent + "  "));
        }
        if (type.isRecord()) {
            return Stream.concat(Stream.of(indent + key.getName() + ":"), keys(type, indent + "  "));
        }
        Map<String, Class<?>> kinds = format.kinds(type);
        if (kinds.isEmpty()) {
            return Stream.of(indent + key.getName() + ": " + sort(key, type) + range(key) + otherwise(key));
        }
        if (type.isAssignableFrom(key.getDeclaringRecord())) {
            // a part of its own kind: what it may be stands above
            return Stream.of(indent + key.getName() + ": of one of the kinds above" + otherwise(key));
        }
        return Stream.concat(
                Stream.of(indent + key.getName() + ": of one kind, with the keys below it" + otherwise(key)),
                kinds.entrySet().stream().flatMap(kind -> kind(kind.getKey(), kind.getValue(), indent + "  ")));
    }

    /** As in " in (0, 1]"; nothing where memory alone decides, or the record itself. */
    private static String range(RecordComponent key) {
        Within range = key.getAnnotation(Within.class);
        String each = Collection.class.isAssignableFrom(key.getType()) ? ", each in " : " in ";
        return range == null ? "" : each + range.value();
    }

    private static String otherwise(RecordComponent key) {
        Default otherwise = key.getAnnotation(Default.class);
        return otherwise == null || otherwise.value().equals("null") ? "" : "; default " + otherwise.value();
    }

    private Stream<String> kind(String name, Class<?> type, String indent) {
        return Stream.concat(Stream.of(indent + "kind: " + name + example(type)), keys(type, indent + "  "));
    }

    /** As in ", such as {kind: iwae, samples: 3}"; nothing where there is but the kind, or more than a line holds. */
    private static String example(Class<?> type) {
        Example example = type.getAnnotation(Example.class);
        boolean fits = example != null
                && type.getRecordComponents().length > 0
                && example.value().length() <= LINE;
        return fits ? ", such as " + example.value() : "";
    }

    /** What sort of value a key takes; a list whose numbers are no widths has an example of its own. */
    private String sort(RecordComponent key, Class<?> type) {
        Example example = key.getAnnotation(Example.class);
        return example == null ? sort(type) : "a list, such as " + example.value();
    }

    /** What sort of value a type is to a user. */
    String sort(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> format.written(value))
                    .collect(Collectors.joining(", ", "one of [", "]"));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list, such as [400]";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Path.class) {
            return "a path";
        }
        return WHOLE.contains(type) ? "a whole number" : "a number";
    }
}
