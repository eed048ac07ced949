package io.vae4j.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors file says of its tensors, held against its length before anything is made of it: a file may come
 * from anybody. The format is 8 bytes of a length, as many of JSON, and the numbers, in which each tensor has a place
 * of its own without gaps. https://github.com/huggingface/safetensors#format
 */
final class TensorHeader {

    private static final int LENGTH_BYTES = Long.BYTES;
    /** As in the format's own reader. */
    private static final long LONGEST = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The bytes of an element. */
    private static final Map<String, Integer> WIDTHS = Map.ofEntries(
            Map.entry("BOOL", 1),
            Map.entry("U8", 1),
            Map.entry("I8", 1),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I16", 2),
            Map.entry("I32", 4),
            Map.entry("F32", 4),
            Map.entry("I64", 8),
            Map.entry("F64", 8));

    private TensorHeader() {}

    /** Where a tensor lies behind the header. */
    private record Place(String name, long from, long to) {}

    /** @throws IOException if the file is none of this format, or not as its header says */
    static void require(byte[] file) throws IOException {
        long length = file.length < LENGTH_BYTES
                ? -1
                : ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > Math.min(LONGEST, file.length - LENGTH_BYTES)) {
            throw new IOException("it is no safetensors file, or cut off: its header would have " + length + " bytes");
        }
        long content = file.length - LENGTH_BYTES - length;
        long end = 0;
        for (Place place : places(file, (int) length)) {
            if (place.from() != end) {
                throw new IOException(place.name() + " begins at byte " + place.from() + "; expected " + end);
            }
            end = place.to();
        }
        if (end != content) {
            throw new IOException("its tensors take " + end + " bytes, and it has " + content + " for them");
        }
    }

    private static List<Place> places(byte[] file, int length) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(new String(file, LENGTH_BYTES, length, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IOException("its header is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new IOException("its header is no JSON object");
        }
        List<Place> places = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals(METADATA)) {
                places.add(place(entry.getKey(), entry.getValue()));
            }
        }
        places.sort(Comparator.comparingLong(Place::from).thenComparingLong(Place::to));
        return places;
    }

    private static Place place(String name, JsonNode tensor) throws IOException {
        JsonNode offsets = tensor.path("data_offsets");
        long from = whole(offsets.path(0), name, "data_offsets");
        long to = whole(offsets.path(1), name, "data_offsets");
        String type = tensor.path("dtype").asText();
        Integer width = WIDTHS.get(type);
        if (width == null) {
            throw new IOException(name + " has numbers of type '" + type + "'; expected one of " + WIDTHS.keySet());
        }
        long bytes = width;
        if (!tensor.path("shape").isArray()) {
            throw new IOException(name + " has no shape");
        }
        for (JsonNode axis : tensor.path("shape")) {
            try {
                bytes = Math.multiplyExact(bytes, whole(axis, name, "shape"));
            } catch (ArithmeticException e) {
                throw new IOException(name + " has a shape that no memory holds", e);
            }
        }
        if (to - from != bytes) {
            throw new IOException(
                    name + " takes " + bytes + " bytes by its shape, and " + (to - from) + " by its place");
        }
        return new Place(name, from, to);
    }

    private static long whole(JsonNode number, String name, String key) throws IOException {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
            throw new IOException(name + " has " + number + " in its " + key + "; expected whole numbers from 0");
        }
        return number.longValue();
    }
}
