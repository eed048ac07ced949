package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.vae4j.experiments.InvalidInput;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the run folder has it: what is absent is left out, what is not finite is null. A folder may come from another
 * version or from anybody: unknown entries are passed over, and one that is not of the expected type counts as missing.
 */
public final class RunJson {

    private static final long MOST_BYTES = 1L << 20;

    /** Writes and reads it. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(double.class, new FiniteOrNull())
                    .addSerializer(Double.class, new FiniteOrNull())
                    .addDeserializer(Double.class, new NumberOrMissing()))
            .addHandler(new Tolerance())
            .withConfigOverride(Map.class, map -> map.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.SKIP)))
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.AsNull)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.AsNull)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.AsNull))
            .build();

    private RunJson() {}

    /**
     * A record that a file of the run holds; empty if there is no such file.
     *
     * @throws InvalidInput if it is not a JSON object
     */
    static <T> Optional<T> read(RunFiles files, String name, Class<T> type) throws IOException {
        return read(files, name, MOST_BYTES, type);
    }

    /** As the other one, of a file that may be larger. */
    static <T> Optional<T> read(RunFiles files, String name, long most, Class<T> type) throws IOException {
        Optional<byte[]> content = files.bytes(name, most);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        String where = files.folder().resolve(name).toString();
        try {
            JsonNode root = tree(content.get());
            if (root.isObject()) {
                return Optional.of(MAPPER.treeToValue(withNumbers(root), type));
            }
        } catch (JsonEOFException e) {
            throw fault(where, ": it ends in the middle of one");
        } catch (MismatchedInputException e) {
            throw fault(where, " with the entries that belong there, at " + e.getPathReference());
        } catch (JsonProcessingException e) {
            throw fault(where, place(e));
        }
        throw fault(where, "");
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : ", from line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + " on";
    }

    /**
     * The same of a file that is shown to people, without the entries that are of other types than the record's.
     *
     * @param wrong is given the names of those
     */
    static <T> Optional<T> readStrictly(RunFiles files, String name, Class<T> type, Consumer<List<String>> wrong)
            throws IOException {
        Optional<ObjectNode> root = read(files, name, ObjectNode.class);
        root.map(object -> EntryTypes.takeOut(object, type))
                .filter(names -> !names.isEmpty())
                .ifPresent(wrong);
        try {
            return root.isPresent() ? Optional.of(MAPPER.treeToValue(root.get(), type)) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw fault(files.folder().resolve(name).toString(), place(e));
        }
    }

    private static JsonNode tree(byte[] content) throws IOException {
        try {
            return MAPPER.readTree(content);
        } catch (CharConversionException e) {
            throw new JsonParseException(null, "it begins as text of another encoding, and has " + e.getMessage(), e);
        }
    }

    /** What is null was not finite: as a number it is told from what is missing. So is one beyond those of a double. */
    private static JsonNode withNumbers(JsonNode node) {
        if (node.isNull() || (node.isDouble() && !Double.isFinite(node.doubleValue()))) {
            return DoubleNode.valueOf(Double.NaN);
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(withNumbers(entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withNumbers(array.get(i)));
            }
        }
        return node;
    }

    /** A record as a file of the run holds it. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(value)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record could not be written as JSON", e);
        }
    }

    /** A record that another process of this program has written by {@link #write}. */
    public static <T> T parse(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("this was not written as a " + type.getSimpleName(), e);
        }
    }

    private static InvalidInput fault(String where, String detail) {
        return new InvalidInput("the file is not a JSON object" + detail, where, "restore or remove the file");
    }

    /** JSON has no NaN and no infinity. */
    private static final class FiniteOrNull extends StdSerializer<Double> {

        private static final long serialVersionUID = 1L;

        FiniteOrNull() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }

    private static final class NumberOrMissing extends StdScalarDeserializer<Double> {

        private static final long serialVersionUID = 1L;

        NumberOrMissing() {
            super(Double.class);
        }

        @Override
        public @Nullable Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return in.currentToken().isNumeric() ? (Double) in.getDoubleValue() : (Double) missing(in);
        }
    }

    /** An entry of another type than expected is one that is not there. */
    private static final class Tolerance extends DeserializationProblemHandler {

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context, JavaType target, JsonToken token, JsonParser in, String message)
                throws IOException {
            return missing(in);
        }

        @Override
        public @Nullable Object handleWeirdStringValue(
                DeserializationContext context, Class<?> target, String value, String message) {
            return null;
        }

        @Override
        public @Nullable Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> target, Number value, String message) {
            return null;
        }
    }

    private static @Nullable Object missing(JsonParser in) throws IOException {
        in.skipChildren();
        return null;
    }
}
