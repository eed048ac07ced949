package io.vae4j.spark.inference;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.types.StructField;

/** Numbers column by column, as rows. */
final class NumberColumns {

    private NumberColumns() {}

    static Object[][] rows(int count, List<StructField> columns, Map<String, double[]> numbers) {
        Object[][] rows = new Object[count][columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            double[] all =
                    Objects.requireNonNull(numbers.get(columns.get(column).name()));
            for (int row = 0; row < count; row++) {
                rows[row][column] = all[row];
            }
        }
        return rows;
    }
}
