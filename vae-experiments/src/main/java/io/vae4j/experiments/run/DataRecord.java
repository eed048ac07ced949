package io.vae4j.experiments.run;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.SplitOrigin;
import io.vae4j.experiments.data.TableForm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which data a run was trained on.
 *
 * @param source where they came from
 * @param sha256 the checksum of each file, by its name
 * @param event the shape of an example
 * @param support which values its elements take
 * @param classes their names
 * @param examples how many each split has
 * @param splits where the examples of each came from
 * @param table what the run keeps of the columns of a table
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DataRecord(
        Optional<String> name,
        Optional<String> source,
        Map<String, String> sha256,
        List<Long> event,
        Optional<Support> support,
        List<String> classes,
        Map<String, Integer> examples,
        Map<String, SplitOrigin> splits,
        Optional<TableForm> table) {

    public DataRecord {
        sha256 = sha256 == null ? Map.of() : sha256;
        event = event == null ? List.of() : List.copyOf(event);
        classes = classes == null ? List.of() : List.copyOf(classes);
        examples = examples == null ? Map.of() : examples;
        splits = splits == null ? Map.of() : splits;
        table = table == null ? Optional.empty() : table;
    }

    /** Of a data set at hand. */
    public static DataRecord of(Dataset data) {
        DataSummary summary = data.summary();
        Map<String, Integer> examples = new TreeMap<>();
        examples.put("train", data.train().count());
        data.validation().map(Examples::count).ifPresent(count -> examples.put("validation", count));
        examples.put("test", data.test().count());
        return new DataRecord(
                Optional.of(data.name()),
                Optional.of(data.provenance().source()),
                data.provenance().sha256(),
                Arrays.stream(summary.event().getShape()).boxed().toList(),
                Optional.of(summary.support()),
                summary.classes(),
                examples,
                origins(data, examples.keySet()),
                summary.table());
    }

    private static Map<String, SplitOrigin> origins(Dataset data, Set<String> splits) {
        Map<String, SplitOrigin> origins = new TreeMap<>();
        splits.forEach(split -> origins.put(split, data.origins().getOrDefault(split, SplitOrigin.given())));
        return origins;
    }

    /**
     * By what data are the same: the checksums of their files whatever these are called, or the name where there are
     * none.
     */
    public Set<String> content() {
        return sha256.isEmpty() ? Set.of(name.orElse("")) : Set.copyOf(sha256.values());
    }

    /** Whether others are known to hold something else; nothing is known of data without checksums. */
    public boolean differsFrom(Provenance others) {
        return !sha256.isEmpty() && !content().equals(Set.copyOf(others.sha256().values()));
    }

    /** What a model must know of them; empty where the run does not say. */
    public Optional<DataSummary> summary() {
        if (event.isEmpty() || event.stream().anyMatch(size -> size < 1) || support.isEmpty()) {
            return isOldMnist() ? Optional.of(mnist()) : Optional.empty();
        }
        return Optional.of(new DataSummary(new Shape(event), support.get(), classes, table));
    }

    /** Version 0.1.0 knew one data set only, and wrote none of its properties down. */
    private boolean isOldMnist() {
        return event.isEmpty() && name.orElse("").equals("MNIST");
    }

    private static DataSummary mnist() {
        return new DataSummary(
                new Shape(1, 28, 28),
                Support.BYTE_LEVELS,
                IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    }
}
