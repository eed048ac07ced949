package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key that a recipe may have, with the kinds and values that it takes, read off the records. */
public final class RecipeKeys {

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

    /** What is longer says less. */
    private static final int LINE = 80;

    private RecipeKeys() {}

    /** A line for each key, indented below the one that it belongs to. */
    public static List<String> lines() {
        return keys(Recipe.class, "").toList();
    }

    private static Stream<String> keys(Class<?> type, String indent) {
        return Arrays.stream(type.getRecordComponents()).flatMap(key -> key(key, indent));
    }

    private static Stream<String> key(RecordComponent key, String indent) {
        Class<?> type = key.getType();
        Optional<Class<?>> element = elementRecord(key);
        if (element.isPresent()) {
            return Stream.concat(
                    Stream.of(indent + key.getName() + ": a list, each with"), keys(element.get(), indent + "  "));
        }
        if (type.isRecord()) {
            return Stream.concat(Stream.of(indent + key.getName() + ":"), keys(type, indent + "  "));
        }
        Map<String, Class<?>> kinds = kinds(type);
        if (kinds.isEmpty()) {
            return Stream.of(indent + key.getName() + ": " + sort(type));
        }
        return Stream.concat(
                Stream.of(indent + key.getName() + ": of one kind, with the keys below it"),
                kinds.entrySet().stream().flatMap(kind -> kind(kind.getKey(), kind.getValue(), indent + "  ")));
    }

    /** Of a list of records. */
    private static Optional<Class<?>> elementRecord(RecordComponent key) {
        return key.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                        && element.isRecord()
                ? Optional.of(element)
                : Optional.empty();
    }

    private static Stream<String> kind(String name, Class<?> type, String indent) {
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

    /** The records that a key's value may be, by the name of their kind; none where it has no kinds. */
    static Map<String, Class<?>> kinds(Class<?> type) {
        JsonSubTypes known = type.getAnnotation(JsonSubTypes.class);
        Map<String, Class<?>> kinds = new LinkedHashMap<>();
        if (known != null) {
            Arrays.stream(known.value()).forEach(kind -> kinds.put(kind.name(), kind.value()));
        }
        return kinds;
    }

    /** What sort of value a type is to a user. */
    static String sort(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> RecipeYaml.MAPPER.convertValue(value, String.class))
                    .collect(Collectors.joining(", ", "one of [", "]"));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list, such as [400]";
        }
        if (type == String.class) {
            return "text";
        }
        return WHOLE.contains(type) ? "a whole number" : "a number";
    }
}
