package io.vae4j.spark.inference;

import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * A row as it comes to an executor.
 *
 * @param row the user's columns, and behind them those of {@link PlacedRows}
 * @param place of it among all rows
 */
record PlacedRow(Row row, long place) {

    static PlacedRow of(Row row, Map<String, Long> firsts) {
        int last = row.size() - 1;
        String file = row.getString(last - 1);
        return new PlacedRow(row, Objects.requireNonNull(firsts.get(file)) + row.getLong(last));
    }
}
