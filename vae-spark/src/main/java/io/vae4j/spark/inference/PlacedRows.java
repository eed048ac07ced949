package io.vae4j.spark.inference;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.vae4j.experiments.InvalidInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows with a place of their own, from 0, which neither partitions nor retries change: it chooses what is drawn for a
 * row.
 *
 * @param rows with two columns behind those of the user, the file that a row is in and its place there; of a column of
 *     the user's choice, one file for all
 * @param firsts the place of each file's first row
 * @param total how many places there are
 */
record PlacedRows(Dataset<Row> rows, HashMap<String, Long> firsts, long total) {

    private static final String FILE = "__vae4j_file";
    private static final String PLACE = "__vae4j_place";

    /** How many columns there are behind the user's. */
    static final int COLUMNS = 2;

    /**
     * By a column of the user's, or by their places in Parquet files, which are taken in the order of their names.
     *
     * @throws InvalidInput if rows have no place by which they could be known again
     */
    static PlacedRows of(Dataset<Row> rows, Optional<String> index) {
        return index.isPresent() ? byColumn(rows, index.get()) : byFiles(rows);
    }

    private static PlacedRows byColumn(Dataset<Row> rows, String index) {
        Dataset<Row> placed = rows.withColumn(FILE, lit(""))
                .withColumn(PLACE, col(quoted(index)).cast(DataTypes.LongType));
        Row known = placed.agg(min(col(PLACE)), max(col(PLACE)), count(lit(1)).minus(count(col(PLACE))))
                .first();
        if (known.getLong(2) > 0 || (!known.isNullAt(0) && known.getLong(0) < 0)) {
            throw new InvalidInput(
                    known.getLong(2) > 0 ? known.getLong(2) + " rows have no index" : "an index is " + known.getLong(0),
                    "column " + index,
                    "number the rows from 0, or leave such rows out");
        }
        long total = known.isNullAt(1) ? 0 : known.getLong(1) + 1;
        return new PlacedRows(placed, new HashMap<>(Map.of("", 0L)), total);
    }

    private static PlacedRows byFiles(Dataset<Row> rows) {
        Dataset<Row> placed = withFiles(rows);
        List<Row> files = placed.groupBy(col(FILE))
                .agg(max(col(PLACE)))
                .orderBy(col(FILE))
                .collectAsList();
        HashMap<String, Long> firsts = new HashMap<>();
        long total = 0;
        for (Row file : files) {
            firsts.put(file.getString(0), total);
            total += file.getLong(1) + 1;
        }
        return new PlacedRows(placed, firsts, total);
    }

    private static Dataset<Row> withFiles(Dataset<Row> rows) {
        try {
            return rows.withColumn(FILE, col("_metadata.file_path")).withColumn(PLACE, col("_metadata.row_index"));
        } catch (Exception e) {
            if (!(e instanceof AnalysisException)) {
                throw e;
            }
            throw new InvalidInput(
                    "the rows have no place by which noise could be drawn again: they come straight from no Parquet"
                            + " files",
                    "table",
                    "name a column of whole numbers from 0 as their index: --index, or SparkModel.indexedBy");
        }
    }

    /** A name as Spark's expressions take it, dots and all. */
    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
