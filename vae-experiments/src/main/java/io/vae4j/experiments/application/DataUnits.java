package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.TableForm;
import io.vae4j.experiments.output.Column;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values of examples as the data have them: in their shape, and of a table in the units of its columns.
 *
 * @param summary of the run's data
 */
record DataUnits(DataSummary summary) {

    /** A column of examples. */
    Column column(String name, Column.Use use) {
        return headed(name, use, "");
    }

    /** A column beside that of the examples, whose headings begin with its name where those have names of their own. */
    Column further(String name, Column.Use use) {
        return headed(name, use, name + ".");
    }

    private Column headed(String name, Column.Use use, String prefix) {
        Stream<String> names = summary.table().map(TableForm::columns).orElse(List.of()).stream();
        return Column.numbers(name, DataType.FLOAT32, summary.event())
                .with(use)
                .headed(names.map(each -> prefix + each).toList());
    }

    /**
     * Values as the model has them, in the data's shape and units.
     *
     * @param values [B, ...X]
     * @return [B, ...event]
     */
    NDArray values(NDArray values) {
        NDArray shaped = shaped(values);
        return summary.table().map(table -> table.restored(shaped)).orElse(shaped);
    }

    /**
     * Standard deviations of values as the model has them, in the data's shape and units.
     *
     * @param deviations [B, ...X]
     * @return [B, ...event]
     */
    NDArray deviations(NDArray deviations) {
        return summary.table().map(table -> scaled(deviations, table)).orElseGet(() -> shaped(deviations));
    }

    private NDArray scaled(NDArray values, TableForm table) {
        double[] scale = table.scale().stream().mapToDouble(Double::doubleValue).toArray();
        try (NDArray wide = shaped(values).toType(DataType.FLOAT64, true);
                NDArray units = wide.getManager().create(scale);
                NDArray scaled = wide.mul(units)) {
            return scaled.toType(DataType.FLOAT32, true);
        }
    }

    private NDArray shaped(NDArray values) {
        return values.reshape(new Shape(values.getShape().get(0)).addAll(summary.event()));
    }
}
