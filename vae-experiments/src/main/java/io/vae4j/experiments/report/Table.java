package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Measurement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A table as a page shows it; the first heading is that of the rows' headings. */
record Table(String caption, List<String> headings, List<Row> rows) {

    /** What a page folds up, so that what stands below it is found. */
    private static final int LONG = 15;

    boolean isLong() {
        return rows.size() > LONG;
    }

    /** A row: what it is about, and a cell for each of the other headings. */
    record Row(String heading, List<String> cells) {}

    /** A column: its heading, and what it says of a subject. */
    record Column<T>(String heading, Function<T, String> cell) {}

    /** A table with a row for each measurement. */
    static Table of(String caption, List<Column<Measurement>> columns, List<Measurement> measurements) {
        return of(caption, new Column<>("Examples", m -> m.split().label()), columns, measurements);
    }

    /** A table with a column for each group of runs, and rows that are known. */
    static Table across(String caption, String heading, List<SeedGroup> groups, List<Row> rows) {
        return new Table(
                caption,
                Stream.concat(Stream.of(heading), groups.stream().map(SeedGroup::heading))
                        .toList(),
                List.copyOf(rows));
    }

    /** A table with a row for each subject. */
    static <T> Table of(String caption, Column<T> name, List<Column<T>> columns, List<T> subjects) {
        return new Table(
                caption,
                Stream.concat(Stream.of(name), columns.stream())
                        .map(Column::heading)
                        .toList(),
                subjects.stream()
                        .map(subject -> new Row(
                                name.cell().apply(subject),
                                columns.stream()
                                        .map(column -> column.cell().apply(subject))
                                        .toList()))
                        .toList());
    }
}
