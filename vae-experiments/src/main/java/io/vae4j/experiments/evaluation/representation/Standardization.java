package io.vae4j.experiments.evaluation.representation;

import java.util.Arrays;

/**
 * Brings each feature to mean 0 and standard deviation 1 over the examples that it was made from; a feature that is the
 * same in all of them becomes 0 there.
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record Standardization(double[] mean, double[] scale) {

    /** @param rows [N][D] */
    static Standardization of(double[][] rows) {
        int width = rows[0].length;
        double[] mean = new double[width];
        double[] variance = new double[width];
        for (double[] row : rows) {
            for (int d = 0; d < width; d++) {
                mean[d] += row[d] / rows.length;
            }
        }
        for (double[] row : rows) {
            for (int d = 0; d < width; d++) {
                variance[d] += (row[d] - mean[d]) * (row[d] - mean[d]) / rows.length;
            }
        }
        return new Standardization(
                mean, Arrays.stream(variance).map(v -> v > 0 ? Math.sqrt(v) : 1).toArray());
    }

    /** [N][D]. */
    double[][] apply(double[][] rows) {
        return Arrays.stream(rows).map(this::apply).toArray(double[][]::new);
    }

    private double[] apply(double... row) {
        double[] result = new double[row.length];
        Arrays.setAll(result, d -> (row[d] - mean[d]) / scale[d]);
        return result;
    }
}
