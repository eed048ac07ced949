package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Upsampling;
import io.vae4j.models.vq.QuantizationGradient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** How recipes map to YAML, and what a user is told when they do not. */
final class RecipeYaml {

    /** Strict: an unknown, missing or doubled key and a wrong type are errors. */
    static final ObjectMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    // the kind as an ordinary key, not as a YAML tag
                    .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .addMixIn(Activation.class, Kebab.class)
            .addMixIn(Initialization.class, Kebab.class)
            .addMixIn(Upsampling.class, Kebab.class)
            .addMixIn(QuantizationGradient.class, Kebab.class)
            .build();

    private RecipeYaml() {}

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
    static RuntimeException explain(JsonProcessingException e, String where) {
        if (e instanceof ValueInstantiationException && e.getCause() instanceof InvalidInput fault) {
            return fault;
        }
        String at = where + ", " + location(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            Iterator<String> known =
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).iterator();
            return unknownKey(unknown.getPropertyName(), known, at);
        }
        if (e instanceof InvalidTypeIdException kind) {
            String fault = kind.getTypeId() == null ? "no kind is given" : "unknown kind '" + kind.getTypeId() + "'";
            return new InvalidInput(fault, at, "write {kind: NAME}, where NAME is one of " + kinds(kind));
        }
        if (e instanceof InvalidFormatException format) {
            return new InvalidInput(
                    "'" + format.getValue() + "' does not fit", at, "give " + RecipeKeys.sort(format.getTargetType()));
        }
        if (e.getOriginalMessage().matches("(?s)Missing (required )?creator property.*")) {
            return new InvalidInput("a key is missing", at, "add it, or compare with a built-in recipe");
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null && isScalar(mismatch)) {
            return new InvalidInput("a value of another type", at, "give " + RecipeKeys.sort(mismatch.getTargetType()));
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

    private static String kinds(InvalidTypeIdException e) {
        return RecipeKeys.kinds(e.getBaseType().getRawClass()).keySet().toString();
    }

    private static boolean isScalar(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        return type.isPrimitive() || Number.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type);
    }

    private static String firstSentence(String message) {
        return message.replaceAll("\\s*\\R.*", "").replaceAll(" \\(index \\d+\\)", "");
    }

    /** Writes RELU as relu and FAN_IN_UNIFORM as fan-in-uniform without making the models know Jackson. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    private enum Kebab {}
}
