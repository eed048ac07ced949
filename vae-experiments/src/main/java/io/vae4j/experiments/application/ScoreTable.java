package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.output.Contents;
import io.vae4j.experiments.output.OutputFile;
import io.vae4j.experiments.output.OutputTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores as a file, outliers first: {@code index} is the place of an example among the data, from 0, {@code nll} minus
 * the bound of log p(x) in nats, with {@code standard_error} and {@code effective_sample_size}, and
 * {@code reconstruction_error} ||x - E[x|z]||^2, which is all that a model without a density has. A picture shows the
 * first ones above their reconstructions.
 *
 * @param inference stays the caller's
 */
public record ScoreTable(BatchInference inference, ExampleScores scores) {

    private static final int SHOWN = 32;

    /** Writes all scores, or where the format is a picture draws the most outlying examples. */
    public Path write(OutputTarget target) throws IOException {
        return target.format().isPicture() ? draw(target) : numbers(target);
    }

    private Path numbers(OutputTarget target) throws IOException {
        int[] places = scores.outliersFirst();
        Map<String, double[]> numbers = scores.columns();
        List<Column> columns = new ArrayList<>(List.of(Column.numbers("index", DataType.INT64, new Shape())));
        numbers.keySet().forEach(name -> columns.add(Column.numbers(name, DataType.FLOAT64, new Shape())));
        columns.addAll(inference.labelColumns().columns());
        try (NDManager owner = inference.trained().newManager();
                OutputFile file = target.open(new Contents(columns, places.length, 1))) {
            Map<String, NDArray> rows = new LinkedHashMap<>();
            rows.put("index", owner.create(longs(places)));
            numbers.forEach((name, all) -> rows.put(name, owner.create(ExampleScores.at(places, all))));
            rows.putAll(inference.labelColumns().rows(owner, places));
            file.write(rows);
            return file.commit();
        }
    }

    /** Draws the most outlying examples, as the model sees them, above their reconstructions. */
    public Path draw(OutputTarget target) throws IOException {
        Reconstruction question = new Reconstruction(inference.trained());
        int[] places = scores.outliersFirst();
        int shown = Math.min(SHOWN, places.length);
        try (NDManager owner = inference.trained().newManager();
                OutputFile file = target.open(new Contents(question.columns(), shown, Question.ACROSS))) {
            for (int i = 0; i < shown; i++) {
                file.write(question.answers(inference.example(owner, places[i])));
            }
            return file.commit();
        }
    }

    private static long[] longs(int... places) {
        return Arrays.stream(places).asLongStream().toArray();
    }
}
