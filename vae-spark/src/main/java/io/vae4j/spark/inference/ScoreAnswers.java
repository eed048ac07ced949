package io.vae4j.spark.inference;

import io.vae4j.experiments.application.BatchInference;
import io.vae4j.experiments.application.Scoring;
import io.vae4j.experiments.inference.LikelihoodBound;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * How well the model explains a row: {@code nll} with {@code standard_error} and {@code effective_sample_size}, nats,
 * and {@code reconstruction_error}.
 *
 * @param bound of log p(x)
 * @param samples K
 * @param hasDensity whether the model has one; of others there are reconstruction errors alone
 */
record ScoreAnswers(LikelihoodBound bound, long samples, boolean hasDensity) implements RowAnswers {

    @Override
    public List<StructField> columns() {
        Stream<String> ofBound = Stream.of("nll", "standard_error", "effective_sample_size");
        return Stream.concat(hasDensity ? ofBound : Stream.empty(), Stream.of("reconstruction_error"))
                .map(name -> DataTypes.createStructField(name, DataTypes.DoubleType, false))
                .toList();
    }

    @Override
    public Object[][] of(BatchInference inference) {
        Map<String, double[]> scores =
                new Scoring(bound, samples).scores(inference, done -> {}).columns();
        return NumberColumns.rows(inference.count(), columns(), scores);
    }
}
