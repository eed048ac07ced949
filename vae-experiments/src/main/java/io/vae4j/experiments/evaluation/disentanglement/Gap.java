package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;

/** How far the best dimension of a code is ahead of the second, for one factor. */
final class Gap {

    private Gap() {}

    /**
     * The largest entry of a column minus the second largest.
     *
     * @param matrix [D][F], D at least 2
     */
    static double ofColumn(double[][] matrix, int f) {
        double[] column =
                Arrays.stream(matrix).mapToDouble(row -> row[f]).sorted().toArray();
        return column[column.length - 1] - column[column.length - 2];
    }
}
