package io.vae4j.experiments.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The NLL of each example that was evaluated, from evaluation.safetensors: 8 bytes that say how long the header is, the
 * header, which is JSON, and the numbers (https://huggingface.co/docs/safetensors). It is read without the engine,
 * which takes longer to start than a report to write.
 */
public final class ExampleNll {

    private static final String NAME = "evaluation.safetensors";
    private static final long MOST_BYTES = 64L << 20;

    private ExampleNll() {}

    /**
     * Of a run, nats; empty where it was not evaluated.
     *
     * @param notes takes a sentence about a file that cannot be read
     */
    public static Optional<List<Double>> read(RunFiles files, List<String> notes) throws IOException {
        if (files.isLarger(NAME, MOST_BYTES)) {
            notes.add("The file " + NAME + " has more than 64 MiB and is not compared.");
            return Optional.empty();
        }
        Optional<byte[]> content = files.bytes(NAME, MOST_BYTES);
        Optional<List<Double>> nll = content.flatMap(ExampleNll::decoded);
        if (content.isPresent() && nll.isEmpty()) {
            notes.add("The file " + NAME + " cannot be read and is not compared.");
        }
        return nll;
    }

    private static Optional<List<Double>> decoded(byte[] content) {
        try {
            ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
            byte[] header = new byte[Math.toIntExact(Math.min(in.getLong(), in.remaining()))];
            in.get(header);
            JsonNode nll = RunJson.MAPPER.readTree(header).path("nll");
            ByteBuffer numbers = in.slice().order(ByteOrder.LITTLE_ENDIAN);
            numbers.limit(nll.path("data_offsets").path(1).intValue());
            numbers.position(nll.path("data_offsets").path(0).intValue());
            return nll.path("dtype").asText().equals("F64") ? Optional.of(doubles(numbers)) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // whatever is wrong with it, it is not what evaluate wrote
        }
    }

    private static List<Double> doubles(ByteBuffer numbers) {
        List<Double> values = new ArrayList<>();
        while (numbers.hasRemaining()) {
            values.add(numbers.getDouble());
        }
        return values;
    }
}
