package io.vae4j.experiments.output;

import java.util.List;

/**
 * What is to be written.
 *
 * @param columns each with as many rows
 * @param rows how many
 * @param across how many rows a picture shows side by side
 */
public record Contents(List<Column> columns, long rows, int across) {

    public Contents {
        columns = List.copyOf(columns);
    }

    /** How many bytes the numbers take, in double precision: it may be more than any disk holds. */
    public double bytes() {
        return numbers().stream()
                .mapToDouble(column -> (double) column.rowBytes() * (double) rows)
                .sum();
    }

    /** Those whose numbers are wanted. */
    public List<Column> numbers() {
        return columns.stream().filter(Column::hasNumbers).toList();
    }

    /** Those that are to be looked at, from the top. */
    public List<Column> pictures() {
        return columns.stream().filter(Column::isPicture).toList();
    }
}
