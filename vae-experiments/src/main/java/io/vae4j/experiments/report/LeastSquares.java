package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A least-squares fit, by Gram-Schmidt.
 *
 * @param total sum of squares around the mean
 * @param rest sum of squares that is left
 * @param freedom how many effects are free, besides the mean
 */
record LeastSquares(double total, double rest, int freedom) {

    /** Columns that others explain up to so much of their length have nothing of their own. */
    private static final double NOTHING = 1e-9;

    static LeastSquares of(List<KeyGroups> groups, double[] y) {
        List<double[]> basis = new ArrayList<>();
        double[] constant = new double[y.length];
        Arrays.fill(constant, 1);
        extend(basis, constant);
        double around = squares(without(basis, y));
        double total = around > NOTHING * NOTHING * squares(y) ? around : 0;
        groups.forEach(group -> group.indicators(y.length).forEach(column -> extend(basis, column)));
        return new LeastSquares(total, squares(without(basis, y)), basis.size() - 1);
    }

    /** Twice is enough against rounding: Giraud et al. 2005. */
    private static void extend(List<double[]> basis, double[] column) {
        double[] own = without(basis, without(basis, column));
        double length = Math.sqrt(squares(own));
        if (length > NOTHING * Math.sqrt(squares(column))) {
            basis.add(Arrays.stream(own).map(v -> v / length).toArray());
        }
    }

    private static double[] without(List<double[]> basis, double[] vector) {
        double[] left = vector.clone();
        for (double[] direction : basis) {
            double along = IntStream.range(0, left.length)
                    .mapToDouble(i -> left[i] * direction[i])
                    .sum();
            for (int i = 0; i < left.length; i++) {
                left[i] -= along * direction[i];
            }
        }
        return left;
    }

    private static double squares(double[] vector) {
        return Arrays.stream(vector).map(v -> v * v).sum();
    }
}
