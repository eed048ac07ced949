package io.vae4j.experiments.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The area under the receiver operating characteristic: the probability that a score is larger for a positive example
 * than for a negative one, ties counted as one half.
 *
 * @param value from 0 to 1, with 1/2 for a score that tells nothing
 * @param standardError by {@code sqrt((A (1 - A) + (n - 1)(A / (2 - A) - A^2) + (m - 1)(2 A^2 / (1 + A) - A^2)) / (n
 *     m))}. Hanley and McNeil 1982, Radiology 143, eq. 1
 * @param positives n, how many positive examples there are
 * @param negatives m, how many others
 */
public record Auroc(double value, double standardError, int positives, int negatives) {

    /**
     * Of scores; NaN counts as the largest.
     *
     * @param positive which examples are positive, for as many
     * @throws IllegalArgumentException if there is no positive example, or no negative one
     */
    public static Auroc of(double[] scores, boolean[] positive) {
        int n = (int) IntStream.range(0, scores.length).filter(i -> positive[i]).count();
        int m = scores.length - n;
        if (n == 0 || m == 0) {
            throw new IllegalArgumentException(
                    n + " positive examples and " + m + " negative ones; expected some of both");
        }
        double area = (rankSum(scores, positive) - n * (n + 1.0) / 2) / ((double) n * m);
        double ofPositives = (n - 1.0) * (area / (2 - area) - area * area);
        double ofNegatives = (m - 1.0) * (2 * area * area / (1 + area) - area * area);
        double variance = (area * (1 - area) + ofPositives + ofNegatives) / ((double) n * m);
        return new Auroc(area, Math.sqrt(Math.max(0, variance)), n, m);
    }

    /** The sum of the ranks, from 1, of the positive examples; equal scores share the mean of theirs. */
    private static double rankSum(double[] scores, boolean[] positive) {
        Integer[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .toArray(Integer[]::new);
        double sum = 0;
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && Double.compare(scores[order[to]], scores[order[from]]) == 0) {
                to++;
            }
            for (int i = from; i < to; i++) {
                sum += positive[order[i]] ? (from + 1 + to) / 2.0 : 0;
            }
            from = to;
        }
        return sum;
    }
}
