package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Which entries of a JSON object are not of the types that a record has for them: nobody takes them for figures. */
final class EntryTypes {

    private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class, Integer.class, Long.class);
    private static final Set<Class<?>> REAL = Set.of(double.class, Double.class);

    private EntryTypes() {}

    /** Takes the entries of other types out of an object; their names. */
    static List<String> takeOut(ObjectNode object, Class<?> record) {
        List<String> wrong = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String name = name(component);
            JsonNode value = object.get(name);
            if (value != null && !fits(value, component.getGenericType())) {
                object.remove(name);
                wrong.add(name);
            }
        }
        return wrong;
    }

    private static String name(RecordComponent component) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
                .map(JsonProperty::value)
                .filter(name -> !name.isEmpty())
                .orElseGet(component::getName);
    }

    /** Numbers that were not finite are null. */
    private static boolean fits(JsonNode value, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return fits(value, of[0]);
            }
            boolean isMap = generic.getRawType() == Map.class;
            return (isMap ? value.isObject() : value.isArray())
                    && StreamSupport.stream(value.spliterator(), false).allMatch(each -> fits(each, of[of.length - 1]));
        }
        if (REAL.contains(type)) {
            return value.isNumber() || value.isNull();
        }
        if (WHOLE.contains(type)) {
            return value.isIntegralNumber();
        }
        return type == String.class ? value.isTextual() : !isRecord(type) || value.isObject();
    }

    private static boolean isRecord(Type type) {
        return type instanceof Class<?> known && known.isRecord();
    }
}
