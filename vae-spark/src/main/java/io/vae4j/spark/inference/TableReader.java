package io.vae4j.spark.inference;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.TableForm;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * An example as columns of numbers, each standardized as in the table that the run was trained on.
 *
 * @param places of the run's columns in a row, in the run's order
 * @param columns their names
 * @param mean of each
 * @param scale of each
 */
record TableReader(List<Integer> places, List<String> columns, List<Double> mean, List<Double> scale)
        implements ExampleReader {

    @Override
    public Storage storage() {
        return Storage.NUMBERS;
    }

    @Override
    public String where() {
        return "columns " + columns;
    }

    @Override
    public void read(Row row, ByteBuffer into) {
        TableForm form = new TableForm(columns, mean, scale, java.util.Optional.empty());
        for (int column = 0; column < places.size(); column++) {
            Object cell = row.get(places.get(column));
            double value = cell instanceof Number number ? number.doubleValue() : Double.NaN;
            float standardized = (float) form.standardized(column, value);
            if (!Float.isFinite(standardized)) {
                throw new InvalidInput(
                        "the cell is " + (cell == null ? "empty" : cell),
                        "column " + columns.get(column),
                        "leave such rows out, or fill it");
            }
            into.putFloat(standardized);
        }
    }
}
