package io.vae4j.experiments.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads metrics.jsonl: one JSON object a line, the last one possibly cut off by a crash. */
final class MetricsFile {

    static final String NAME = "metrics.jsonl";

    private static final long MOST_BYTES = 64L << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String where;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int unplaced;

    private MetricsFile(String where) {
        this.where = where;
    }

    /**
     * Reads the file of a run.
     *
     * @throws InvalidInput if it is missing, has no complete line, or has a line that is not a measurement
     */
    static MetricsFile read(RunFiles files) throws IOException {
        String where = files.folder().resolve(NAME).toString();
        byte[] content = files.bytes(NAME, MOST_BYTES)
                .orElseThrow(() -> new InvalidInput(
                        "the run folder has no " + NAME, where, "give the folder that a training run printed last"));
        MetricsFile metrics = new MetricsFile(where);
        metrics.readAll(new String(content, StandardCharsets.UTF_8));
        if (metrics.measurements.isEmpty()) {
            throw new InvalidInput("there is no measurement to report", where, "let the run finish at least one epoch");
        }
        return metrics;
    }

    History history() {
        return new History(measurements);
    }

    /** What a reader of the report should know about the file, in sentences. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private void readAll(String content) {
        List<String> lines = content.lines().toList();
        boolean ended = content.endsWith("\n");
        for (int i = 0; i < lines.size(); i++) {
            boolean mayBeCut = !ended && i == lines.size() - 1;
            if (!lines.get(i).isBlank()) {
                readLine(lines.get(i), i + 1, mayBeCut);
            }
        }
        if (unplaced > 0) {
            notes.add(Wording.count(unplaced, "line") + " of " + NAME
                    + " without an epoch or with an unknown split: not" + " shown.");
        }
    }

    private void readLine(String line, int number, boolean mayBeCut) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            if (!mayBeCut) {
                throw fault(number, "not a JSON object: " + e.getOriginalMessage());
            }
            notes.add("Line " + number + " of " + NAME + ", the last one, is cut off (the run was interrupted while"
                    + " writing it) and is not shown.");
            return;
        }
        if (!node.isObject()) {
            throw fault(number, "not a JSON object");
        }
        measurement(node, number).ifPresentOrElse(measurements::add, () -> unplaced++);
    }

    private Optional<Measurement> measurement(JsonNode node, int number) {
        JsonNode epoch = node.path("epoch");
        if (epoch.isMissingNode()) {
            return Optional.empty();
        }
        if (!epoch.canConvertToInt() || !epoch.isIntegralNumber() || epoch.intValue() < 0) {
            throw fault(number, "epoch is not a whole number");
        }
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            JsonNode value = node.path(metric.key());
            if (value.isNull()) {
                values.put(metric, Double.NaN);
            } else if (value.isNumber()) {
                values.put(metric, value.doubleValue());
            } else if (!value.isMissingNode()) {
                throw fault(number, metric.key() + " is neither a number nor null");
            }
        }
        return Split.named(node.path("split").asText()).map(split -> new Measurement(epoch.intValue(), split, values));
    }

    private InvalidInput fault(int number, String what) {
        return new InvalidInput(what, where + ", line " + number, "correct or remove the line");
    }
}
