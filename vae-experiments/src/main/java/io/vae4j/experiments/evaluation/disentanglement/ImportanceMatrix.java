package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How important each dimension of a code is for each factor, and what that says of the code; Eastwood and Williams
 * 2018, section 2, https://openreview.net/forum?id=By-7dz-AZ.
 *
 * @param of R, [D][F], none negative
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record ImportanceMatrix(double[][] of) {

    /** @param columns the importances of all dimensions for each factor, [F][D] */
    static ImportanceMatrix ofColumns(List<double[]> columns) {
        return new ImportanceMatrix(transposed(columns.toArray(double[][]::new)));
    }

    /**
     * Whether each dimension matters for one factor: {@code sum_i rho_i (1 - H_F(P_i))}, {@code P_if = R_if / sum_k
     * R_ik}, {@code rho_i = sum_f R_if / sum_jk R_jk}, and H_F the entropy to the base F.
     */
    double disentanglement() {
        return concentration(of);
    }

    /**
     * Whether each factor is in one dimension: {@code sum_f rho_f (1 - H_D(P_f))}, the same of the columns. The paper
     * does not say how to take the mean. disentanglement_lib takes this one, the authors' code the plain one, which is
     * the same where all columns have one sum.
     */
    double completeness() {
        return concentration(transposed(of));
    }

    private static double[][] transposed(double[]... matrix) {
        return IntStream.range(0, matrix[0].length)
                .mapToObj(column ->
                        Arrays.stream(matrix).mapToDouble(row -> row[column]).toArray())
                .toArray(double[][]::new);
    }

    /** 1 less the entropy of a row, which weighs as much as there is in it; 0 if there is nothing anywhere. */
    private static double concentration(double[][] rows) {
        double all = Arrays.stream(rows).flatMapToDouble(Arrays::stream).sum();
        return all > 0
                ? Arrays.stream(rows)
                        .mapToDouble(row -> concentration(all, row))
                        .sum()
                : 0;
    }

    private static double concentration(double all, double... row) {
        double sum = Arrays.stream(row).sum();
        double entropy = -Arrays.stream(row)
                .filter(r -> r > 0)
                .map(r -> r / sum * Math.log(r / sum))
                .sum();
        return sum / all * (1 - entropy / Math.log(row.length));
    }
}
