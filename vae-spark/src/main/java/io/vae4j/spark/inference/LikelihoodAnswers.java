package io.vae4j.spark.inference;

import io.vae4j.experiments.application.BatchInference;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The likelihood of a row: {@code nll}, {@code elbo} and {@code reconstruction}, nats, with the
 * {@code effective_sample_size} of its weights and {@code pareto_k}, the shape of their tail, which is NaN where
 * samples are too few to tell.
 *
 * @param samples K
 */
record LikelihoodAnswers(long samples) implements RowAnswers {

    @Override
    public List<StructField> columns() {
        return Stream.of("nll", "elbo", "reconstruction", "effective_sample_size", "pareto_k")
                .map(name -> DataTypes.createStructField(name, DataTypes.DoubleType, false))
                .toList();
    }

    @Override
    public Object[][] of(BatchInference inference) {
        LikelihoodEvaluator measured = inference.likelihood(samples, done -> {});
        double[] unknown = new double[inference.count()];
        Arrays.fill(unknown, Double.NaN);
        Map<String, double[]> figures = new LinkedHashMap<>();
        figures.put(
                "nll",
                Arrays.stream(measured.logLikelihood()).map(value -> -value).toArray());
        figures.put("elbo", measured.elbo());
        figures.put("reconstruction", measured.reconstruction());
        figures.put("effective_sample_size", measured.effectiveSampleSize());
        figures.put("pareto_k", measured.paretoShape().orElse(unknown));
        return NumberColumns.rows(inference.count(), columns(), figures);
    }
}
