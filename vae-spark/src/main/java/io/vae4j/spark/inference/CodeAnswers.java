package io.vae4j.spark.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.experiments.application.BatchInference;
import io.vae4j.experiments.application.Encoding;
import io.vae4j.experiments.application.ExampleBatch;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.training.TrainedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The codes of a row under the names of {@link Encoding}: {@code mean} and {@code scale} of q(z|x), and what else a
 * model has, each as one array, row-major.
 *
 * @param columns floats, or whole numbers of discrete codes
 */
record CodeAnswers(List<StructField> columns) implements RowAnswers {

    /** Those of a model. */
    static CodeAnswers of(TrainedModel trained) {
        return new CodeAnswers(new Encoding(trained)
                .columns().stream().map(CodeAnswers::column).toList());
    }

    private static StructField column(Column column) {
        boolean whole = column.type() == DataType.INT64;
        return DataTypes.createStructField(
                column.name(),
                DataTypes.createArrayType(whole ? DataTypes.LongType : DataTypes.FloatType, false),
                false);
    }

    @Override
    public Object[][] of(BatchInference inference) {
        Object[][] rows = new Object[inference.count()][columns.size()];
        Encoding question = new Encoding(inference.trained());
        inference.each(done -> {}, batch -> fill(rows, batch, question.answers(batch)));
        return rows;
    }

    private void fill(Object[][] rows, ExampleBatch batch, Map<String, NDArray> answers) {
        for (int column = 0; column < columns.size(); column++) {
            NDArray all = Objects.requireNonNull(answers.get(columns.get(column).name()));
            IntFunction<Object> cell = cells(all, Math.toIntExact(all.size() / batch.count()));
            for (int i = 0; i < batch.asked(); i++) {
                rows[batch.from() + i][column] = cell.apply(i);
            }
        }
    }

    /** Each example's part of an array. */
    private static IntFunction<Object> cells(NDArray all, int size) {
        if (all.getDataType() == DataType.INT64) {
            long[] numbers = all.toLongArray();
            return i -> Arrays.copyOfRange(numbers, i * size, (i + 1) * size);
        }
        float[] numbers = all.toFloatArray();
        return i -> Arrays.copyOfRange(numbers, i * size, (i + 1) * size);
    }
}
