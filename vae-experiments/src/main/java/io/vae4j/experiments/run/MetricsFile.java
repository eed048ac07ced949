package io.vae4j.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** metrics.jsonl: one measurement a line, as JSON; the last line is cut off where a crash came while it was written. */
public final class MetricsFile {

    static final String NAME = "metrics.jsonl";

    private static final long MOST_BYTES = 64L << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String where;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    /** What a later version added may be of any type. */
    private final Set<String> known = Metrics.all().stream().map(Metric::key).collect(Collectors.toSet());

    private int unplaced;

    private MetricsFile(String where) {
        this.where = where;
    }

    /**
     * Reads the file of a run; a missing one has no line.
     *
     * @throws InvalidInput if a line is not a measurement
     */
    public static MetricsFile read(RunFiles files) throws IOException {
        MetricsFile metrics = new MetricsFile(files.folder().resolve(NAME).toString());
        Optional<byte[]> content = files.bytes(NAME, MOST_BYTES);
        if (content.isPresent()) {
            metrics.readAll(new String(content.get(), StandardCharsets.UTF_8));
        }
        return metrics;
    }

    /** Adds lines to the file of a run. */
    static void append(Path run, List<Measurement> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(json(line)).append('\n'));
        AtomicFiles.append(run.resolve(NAME), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Drops the lines after an epoch, and a cut line, before the run goes on from there. */
    static void keepUpTo(Path run, int epoch) throws IOException {
        Path file = run.resolve(NAME);
        if (!Files.exists(file)) {
            return;
        }
        StringBuilder kept = new StringBuilder();
        String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        all.lines()
                .filter(line -> isWithin(line, epoch))
                .forEach(line -> kept.append(line).append('\n'));
        AtomicFiles.replace(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** All measurements, in the order of epochs. */
    public History history() {
        return new History(measurements);
    }

    /** What a reader of the report should know about the file, in sentences. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private static ObjectNode json(Measurement line) {
        ObjectNode json = JSON.createObjectNode()
                .put("epoch", line.epoch())
                .put("step", line.step())
                .put("split", line.split().label());
        // JSON has no NaN and no infinity
        line.values().forEach((key, value) -> json.put(key, Double.isFinite(value) ? value : null));
        return json;
    }

    private static boolean isWithin(String line, int epoch) {
        try {
            return JSON.readTree(line).path("epoch").asInt(Integer.MAX_VALUE) <= epoch;
        } catch (JsonProcessingException e) {
            return false;
        }
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
            notes.add((unplaced == 1 ? "1 line" : unplaced + " lines") + " of " + NAME
                    + " without an epoch or with an unknown split: not shown.");
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
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            if (value.isNull() || value.isNumber()) {
                values.put(entry.getKey(), value.isNull() ? Double.NaN : value.doubleValue());
            } else if (known.contains(entry.getKey())) {
                throw fault(number, entry.getKey() + " is neither a number nor null");
            }
        }
        values.keySet().removeAll(Measurement.PLACE);
        long step = node.path("step").asLong(0);
        return Split.named(node.path("split").asText())
                .map(split -> new Measurement(epoch.intValue(), step, split, values));
    }

    private InvalidInput fault(int number, String what) {
        return new InvalidInput(what, where + ", line " + number, "correct or remove the line");
    }
}
