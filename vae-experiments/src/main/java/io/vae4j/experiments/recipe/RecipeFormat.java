package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.vae4j.core.constrained.DualAscent;
import io.vae4j.core.objective.DipVae;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.models.hierarchical.TopDownPath;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Upsampling;
import io.vae4j.models.vq.QuantizationGradient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** How recipes map to YAML, given the kinds of parts that are known: no class is ever named by a file. */
final class RecipeFormat {

    /** Of the types that YAML has by itself. */
    private static final Pattern CORE_TAG = Pattern.compile("tag:yaml\\.org,2002:(str|int|float|bool|null|map|seq)");

    private final Kinds kinds;
    private final ObjectMapper mapper;

    private RecipeFormat(Kinds kinds) {
        this.kinds = kinds;
        mapper = mapper();
        kinds.parts()
                .forEach(part ->
                        part.getValue().forEach((kind, type) -> mapper.registerSubtypes(new NamedType(type, kind))));
    }

    /** With the kinds of this project and of the plugins that are loaded now. */
    static RecipeFormat current() {
        return new RecipeFormat(Kinds.all());
    }

    /** Strict: an unknown, missing or doubled key and a wrong type are errors. */
    private static ObjectMapper mapper() {
        return YAMLMapper.builder(YAMLFactory.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .stringQuotingChecker(new NumberQuotes())
                        // the kind as an ordinary key, not as a YAML tag
                        .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
                        .build())
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.AUTO_DETECT_IS_GETTERS)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .addModule(new Jdk8Module())
                .addModule(new SimpleModule()
                        .addSerializer(Path.class, ToStringSerializer.instance)
                        .addDeserializer(Path.class, new PathText()))
                .addMixIn(Activation.class, Kebab.class)
                .addMixIn(Initialization.class, Kebab.class)
                .addMixIn(Upsampling.class, Kebab.class)
                .addMixIn(QuantizationGradient.class, Kebab.class)
                .addMixIn(DipVae.Variant.class, Kebab.class)
                .addMixIn(DualAscent.Update.class, Kebab.class)
                .addMixIn(TopDownPath.class, Kebab.class)
                .addMixIn(StepKind.class, Kebab.class)
                .addMixIn(TestedEpochs.class, Kebab.class)
                .build();
    }

    /** YAML as a tree. */
    JsonNode tree(String yaml) throws JsonProcessingException {
        return mapper.readTree(yaml);
    }

    /**
     * YAML as a tree, of a file that anybody may have written.
     *
     * @throws InvalidInput if it names a type by a tag: values have the types that their keys say; or if it holds more
     *     than one document
     */
    JsonNode tree(String yaml, String where) throws JsonProcessingException {
        try (JsonParser parser = mapper.createParser(yaml)) {
            boolean whole = false;
            while (parser.nextToken() != null) {
                String line = where + ", line " + parser.currentTokenLocation().getLineNr();
                String tag = Objects.toString(parser.getTypeId(), "");
                if (!tag.isEmpty() && !CORE_TAG.matcher(tag).matches()) {
                    throw new InvalidInput("a value has the YAML tag " + tag, line, "write it without a tag");
                }
                if (whole) {
                    throw new InvalidInput("a second document begins", line, "leave one of them");
                }
                JsonToken token = parser.currentToken();
                whole = parser.getParsingContext().inRoot() && (token.isStructEnd() || token.isScalarValue());
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree(yaml);
    }

    /** The types that a part may have, by kind; none for what is no part. */
    Map<String, Class<?>> kinds(Class<?> part) {
        return kinds.of(part);
    }

    /** The data sets that are known by their kind alone, since all their keys have defaults. */
    Map<String, DatasetSource> pathless() {
        Map<String, DatasetSource> pathless = new LinkedHashMap<>();
        for (String kind : kinds.of(DatasetSource.class).keySet()) {
            bare(kind).ifPresent(source -> pathless.put(kind, source));
        }
        return pathless;
    }

    /** A data set of which nothing but the kind is said; empty where that is too little. */
    private Optional<DatasetSource> bare(String kind) {
        try {
            JsonNode whole = completed(TextNode.valueOf(kind), DatasetSource.class);
            return Optional.of(mapper.treeToValue(whole, DatasetSource.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A data set as YAML, complete. */
    String write(DatasetSource source) throws JsonProcessingException {
        return mapper.writerFor(DatasetSource.class).writeValueAsString(source);
    }

    /** The same tree, with what is left out and has a default. */
    ObjectNode completed(ObjectNode root) throws JsonProcessingException {
        complete(root, Recipe.class);
        return root;
    }

    /** As {@link #completed(ObjectNode)}, of another record. */
    ObjectNode completed(ObjectNode root, Class<?> type) throws JsonProcessingException {
        complete(root, type);
        return root;
    }

    /** The record that a complete tree stands for, all of whose numbers are within their ranges. */
    <R extends Record> R ranged(ObjectNode root, Class<R> type) throws JsonProcessingException {
        R record = mapper.treeToValue(root, type);
        new RecipeRanges(this).require(root, type, "");
        return record;
    }

    /** A record as YAML, complete. */
    String written(Record record) throws JsonProcessingException {
        return mapper.writeValueAsString(record);
    }

    /** The recipe that a complete tree stands for. */
    Recipe recipe(ObjectNode root) throws JsonProcessingException {
        return mapper.treeToValue(root, Recipe.class);
    }

    /** Refuses numbers that are outside the ranges of today. */
    void requireInRange(Recipe recipe) {
        new RecipeRanges(this).require(mapper.valueToTree(recipe), Recipe.class, "");
    }

    /** The recipe as YAML, complete. */
    String write(Recipe recipe) throws JsonProcessingException {
        return mapper.writeValueAsString(recipe);
    }

    /** An enumeration's constant as recipes have it. */
    String written(Object constant) {
        return mapper.convertValue(constant, String.class);
    }

    /** Adds what is left out of a record and of the records in it. */
    private void complete(ObjectNode node, Class<?> type) throws JsonProcessingException {
        for (RecordComponent key : type.getRecordComponents()) {
            Default otherwise = key.getAnnotation(Default.class);
            if (!node.has(key.getName()) && otherwise != null) {
                node.set(key.getName(), tree(otherwise.value()));
            }
            if (node.has(key.getName())) {
                node.set(key.getName(), completed(node.get(key.getName()), key));
            }
        }
    }

    private JsonNode completed(JsonNode value, RecordComponent key) throws JsonProcessingException {
        Optional<Class<?>> element = element(key);
        if (element.isPresent() && value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, completed(list.get(i), element.get()));
            }
            return list;
        }
        Optional<Class<?>> entry = entry(key);
        if (entry.isPresent() && value instanceof ObjectNode map) {
            for (Map.Entry<String, JsonNode> each : map.properties()) {
                each.setValue(completed(each.getValue(), entry.get()));
            }
            return map;
        }
        return completed(value, asked(key));
    }

    private JsonNode completed(JsonNode value, Class<?> type) throws JsonProcessingException {
        Map<String, Class<?>> known = kinds.of(type);
        JsonNode whole = !known.isEmpty() && value.isTextual()
                ? mapper.createObjectNode().put("kind", value.asText())
                : value;
        if (whole instanceof ObjectNode mapping) {
            Class<?> record = known.getOrDefault(mapping.path("kind").asText(), type);
            if (record.isRecord()) {
                complete(mapping, record);
            }
        }
        return whole;
    }

    /** The type of what a user gives: of an optional key, that of its value. */
    static Class<?> asked(RecordComponent key) {
        return key.getGenericType() instanceof ParameterizedType optional
                        && key.getType() == Optional.class
                        && optional.getActualTypeArguments()[0] instanceof Class<?> value
                ? value
                : key.getType();
    }

    /** The type of the values of a map whose keys are texts. */
    private static Optional<Class<?>> entry(RecordComponent key) {
        return key.getGenericType() instanceof ParameterizedType map
                        && Map.class.isAssignableFrom(key.getType())
                        && map.getActualTypeArguments()[1] instanceof Class<?> value
                ? Optional.of(value)
                : Optional.empty();
    }

    /** The type of a list's elements. */
    static Optional<Class<?>> element(RecordComponent key) {
        return key.getGenericType() instanceof ParameterizedType list
                        && List.class.isAssignableFrom(key.getType())
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? Optional.of(element)
                : Optional.empty();
    }

    /** Writes RELU as relu and FAN_IN_UNIFORM as fan-in-uniform without making the models know Jackson. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    private enum Kebab {}
}
