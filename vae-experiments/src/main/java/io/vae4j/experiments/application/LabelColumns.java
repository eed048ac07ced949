package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.output.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is known of examples beside the answers about them: their class, in a column label, or one factor_NAME for each
 * factor that they were made from.
 */
record LabelColumns(Labels labels) {

    /** One for each thing that is known. */
    List<Column> columns() {
        if (labels instanceof Labels.Classes known) {
            return List.of(Column.classes("label", known.classNames()));
        }
        return labels.factors().stream()
                .map(factor -> Column.numbers(name(factor), DataType.INT64, new Shape()))
                .toList();
    }

    /**
     * The rows of some examples, by the names of the columns.
     *
     * @param owner of the arrays
     * @param places of the examples, from 0
     */
    Map<String, NDArray> rows(NDManager owner, int... places) {
        Map<String, NDArray> rows = new LinkedHashMap<>();
        if (labels instanceof Labels.Classes known) {
            rows.put("label", owner.create(at(known.of(), places)));
        } else if (labels instanceof Labels.Factors known) {
            for (int f = 0; f < known.factors().size(); f++) {
                int factor = f;
                long[] values = IntStream.of(places)
                        .mapToLong(place -> known.of()[place][factor])
                        .toArray();
                rows.put(name(known.factors().get(f)), owner.create(values));
            }
        }
        return rows;
    }

    private static String name(Labels.Factor factor) {
        return "factor_" + factor.name().replace(' ', '_');
    }

    private static long[] at(int[] of, int... places) {
        return IntStream.of(places).mapToLong(place -> of[place]).toArray();
    }
}
