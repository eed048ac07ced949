package io.vae4j.experiments.sweep;

import io.vae4j.experiments.report.SampleMoments;
import io.vae4j.experiments.report.SweptRun;
import io.vae4j.experiments.report.SweptSetting;
import io.vae4j.experiments.run.Goal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What came out of a sweep as comma-separated values, RFC 4180: a line for each run, and one for each setting. Numbers
 * have all their digits, and what is not there is empty.
 *
 * @param keys that vary
 */
record CsvTables(Collection<String> keys, Goal goal, List<SweptSetting> settings) {

    /** A column: its heading, and what it says of a row. */
    private record Column<R>(String heading, Function<R, Object> cell) {}

    /** A run with its setting. */
    private record Row(SweptSetting setting, SweptRun run) {}

    /** A line for each run, those of the best setting first. */
    String runs() {
        List<Column<Row>> columns = new ArrayList<>();
        columns.add(new Column<>("run", row -> row.run().name()));
        columns.add(new Column<>("setting", row -> row.setting().name()));
        columns.add(new Column<>("seed", row -> row.run().seed()));
        keys.forEach(key -> columns.add(new Column<>(key, row -> value(row.setting(), key))));
        columns.add(new Column<>("state", row -> row.run().state().label()));
        columns.add(new Column<>("epochs", row -> row.run().epochs()));
        columns.add(new Column<>(figure(), row -> cell(row.run().figure())));
        columns.add(new Column<>("test_nll", row -> cell(row.run().nll())));
        columns.add(new Column<>("seconds", row -> row.run().seconds()));
        columns.add(new Column<>("processes", row -> row.run().processes()));
        columns.add(new Column<>("reason", row -> cell(row.run().reason())));
        columns.add(new Column<>("folder", row -> folder(row.run())));
        return written(
                columns,
                settings.stream()
                        .flatMap(setting -> setting.runs().stream().map(run -> new Row(setting, run)))
                        .toList());
    }

    /** A line for each setting, the best first. */
    String settingsTable() {
        List<Column<SweptSetting>> columns = new ArrayList<>();
        columns.add(new Column<>("rank", setting -> cell(setting.rank())));
        columns.add(new Column<>("setting", SweptSetting::name));
        keys.forEach(key -> columns.add(new Column<>(key, setting -> value(setting, key))));
        columns.add(new Column<>("state", setting -> setting.state().label()));
        columns.add(new Column<>("seeds", setting -> setting.figures().size()));
        columns.add(new Column<>("epochs", SweptSetting::epochs));
        moments(columns, figure(), SweptSetting::figure);
        columns.add(new Column<>("above_best", setting -> cell(setting.difference(), SampleMoments::mean)));
        columns.add(new Column<>(
                "above_best_standard_error", setting -> cell(setting.difference(), SampleMoments::standardError)));
        moments(columns, "test_nll", SweptSetting::nll);
        return written(columns, settings);
    }

    private static void moments(
            List<Column<SweptSetting>> columns, String of, Function<SweptSetting, Optional<SampleMoments>> moments) {
        columns.add(new Column<>(of + "_mean", setting -> cell(moments.apply(setting), SampleMoments::mean)));
        columns.add(new Column<>(of + "_deviation", setting -> cell(moments.apply(setting), SampleMoments::deviation)));
    }

    /** As in {@code validation_loss}. */
    private String figure() {
        return goal.split().label() + "_" + goal.metric();
    }

    /** Parts and lists as JSON, from which they can be read again. */
    private static Object value(SweptSetting setting, String key) {
        return Stream.ofNullable(setting.values().get(key))
                .map(value -> value.isValueNode() ? value.asText() : value.toString())
                .findFirst()
                .orElse("");
    }

    private static String folder(SweptRun run) {
        return run.folder().toString().replace('\\', '/');
    }

    private static Object cell(Optional<?> value) {
        return value.isPresent() ? value.get() : "";
    }

    /** Of one value there is no deviation. */
    private static Object cell(Optional<SampleMoments> moments, ToDoubleFunction<SampleMoments> figure) {
        boolean told = moments.isPresent()
                && (Double.isFinite(figure.applyAsDouble(moments.get()))
                        || moments.get().count() > 1);
        return told ? (Object) figure.applyAsDouble(moments.orElseThrow()) : "";
    }

    private static <R> String written(List<Column<R>> columns, List<R> rows) {
        StringBuilder table = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(
                table, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get())) {
            printer.printRecord(columns.stream().map(Column::heading));
            for (R row : rows) {
                printer.printRecord(columns.stream().map(column -> column.cell().apply(row)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text refuses what is written into it", e);
        }
        return table.toString();
    }
}
