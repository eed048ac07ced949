package io.vae4j.experiments.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a run keeps of the table that it was trained on, so that others are read as that one was: each column is brought
 * to mean 0 and standard deviation 1 by the rows to train on.
 *
 * @param columns the names of the columns, in the order in which the model takes them
 * @param mean of each column
 * @param scale the standard deviation of each column (that of the rows themselves, divided by N)
 * @param labels the name of the column of classes
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TableForm(List<String> columns, List<Double> mean, List<Double> scale, Optional<String> labels) {

    /** @throws IllegalArgumentException if there is not one mean and one positive scale for each column */
    public TableForm {
        columns = columns == null ? List.of() : List.copyOf(columns);
        mean = mean == null ? List.of() : List.copyOf(mean);
        scale = scale == null ? List.of() : List.copyOf(scale);
        labels = labels == null ? Optional.empty() : labels;
        if (mean.size() != columns.size() || scale.size() != columns.size()) {
            throw new IllegalArgumentException(
                    columns.size() + " columns have " + mean.size() + " means and " + scale.size() + " scales");
        }
        if (scale.stream().anyMatch(s -> !(s > 0) || s.isInfinite())
                || mean.stream().anyMatch(m -> !Double.isFinite(m))) {
            throw new IllegalArgumentException("a mean is not finite, or a scale not positive and finite");
        }
    }

    /**
     * Of the rows to train on. A column that is the same in all of them is left out: there is nothing to learn of it,
     * and a density of it grows without bound.
     *
     * @param names of the columns, as many as a row has numbers
     * @throws WrongFile if no column is left, or numbers are too large to be squared
     */
    static TableForm of(List<String> names, List<double[]> rows, Optional<String> labels) throws WrongFile {
        List<String> columns = new ArrayList<>();
        List<Double> mean = new ArrayList<>();
        List<Double> scale = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            int column = c;
            if (rows.stream().allMatch(row -> row[column] == rows.get(0)[column])) {
                continue;
            }
            double center = rows.stream().mapToDouble(row -> row[column]).sum() / rows.size();
            double deviation = Math.sqrt(rows.stream()
                            .mapToDouble(row -> (row[column] - center) * (row[column] - center))
                            .sum()
                    / rows.size());
            if (!Double.isFinite(deviation) || !(deviation > 0)) {
                throw new WrongFile(
                        "the numbers of column " + names.get(c) + " are too large, or too near to each other, for a"
                                + " standard deviation",
                        "bring the column to another unit");
            }
            columns.add(names.get(c));
            mean.add(center);
            scale.add(deviation);
        }
        if (columns.isEmpty()) {
            throw new WrongFile("no column of numbers differs from row to row", "give more rows, or other columns");
        }
        return new TableForm(columns, mean, scale, labels);
    }

    /** The same columns with their numbers as they stand in a file: for what is told of cells, such as a mask. */
    public TableForm asWritten() {
        return new TableForm(
                columns,
                Collections.nCopies(columns.size(), 0.0),
                Collections.nCopies(columns.size(), 1.0),
                Optional.empty());
    }

    /** A number of a column as the model sees it. */
    public double standardized(int column, double value) {
        return (value - mean.get(column)) / scale.get(column);
    }

    /**
     * Numbers as the model gives them, in the units of the table.
     *
     * @param standardized rows of as many numbers as there are columns, one after another
     */
    public double[] restored(float... standardized) {
        double[] restored = new double[standardized.length];
        for (int i = 0; i < restored.length; i++) {
            int column = i % columns.size();
            restored[i] = standardized[i] * scale.get(column) + mean.get(column);
        }
        return restored;
    }

    /** As {@link #restored(float...)}, of rows [B, D]; owned by their manager, outside any gradient. */
    public NDArray restored(NDArray standardized) {
        NDManager owner = standardized.getManager();
        try (NDArray units = owner.create(scale.stream().mapToDouble(s -> s).toArray());
                NDArray centers = owner.create(mean.stream().mapToDouble(m -> m).toArray())) {
            return standardized
                    .toType(DataType.FLOAT64, false)
                    .mul(units)
                    .add(centers)
                    .toType(DataType.FLOAT32, false);
        }
    }

    /**
     * What is subtracted from a log-density of a standardized row, in nats, to get that of the row in the units of the
     * table: the sum of log scale.
     */
    public double logScale() {
        return scale.stream().mapToDouble(Math::log).sum();
    }
}
