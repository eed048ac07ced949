package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.torch.TorchFunction;
import java.util.Arrays;

/**
 * The most frequent class among the k nearest training points, by Euclidean distance. Of points that are equally far
 * the earlier ones count, and of classes that are equally frequent the lower number: the answer is always the same.
 */
final class NearestNeighbors {

    /** Rows whose distances to all training points are in memory at once. */
    private static final int ROWS = 200;

    /** By differences, so that equal points have equal distances. */
    private static final TorchFunction DISTANCES = TorchFunction.of("a, b", "torch.cdist(a, b, 2., 2)");

    private NearestNeighbors() {}

    /**
     * The class of each point.
     *
     * @param owner on whose device distances are computed
     * @param training [N][D]
     * @param classes of each of them, [N]
     * @param points [M][D]
     * @param neighbors k, at most N
     */
    static int[] predict(NDManager owner, double[][] training, int[] classes, double[][] points, int neighbors) {
        int[] predicted = new int[points.length];
        WithoutGradient.run(() -> {
            try (NDManager scratch = owner.newSubManager()) {
                NDArray known = matrix(scratch, training, 0, training.length);
                for (int from = 0; from < points.length; from += ROWS) {
                    int to = Math.min(from + ROWS, points.length);
                    double[] distances = distances(scratch, known, points, from, to);
                    for (int row = from; row < to; row++) {
                        int start = (row - from) * training.length;
                        predicted[row] = vote(nearest(distances, start, training.length, neighbors), classes);
                    }
                }
            }
        });
        return predicted;
    }

    private static double[] distances(NDManager owner, NDArray known, double[][] points, int from, int to) {
        try (NDManager scratch = owner.newSubManager()) {
            return DISTANCES.apply(matrix(scratch, points, from, to), known).toDoubleArray();
        }
    }

    private static NDArray matrix(NDManager owner, double[][] rows, int from, int to) {
        double[] flat =
                Arrays.stream(rows, from, to).flatMapToDouble(Arrays::stream).toArray();
        try (NDArray java = owner.create(flat, new Shape(to - from, rows[0].length))) {
            return java.duplicate();
        }
    }

    /** The places of the smallest of {@code count} numbers, nearest first. */
    private static int[] nearest(double[] distances, int start, int count, int neighbors) {
        int[] places = new int[neighbors];
        int found = 0;
        for (int i = 0; i < count; i++) {
            double distance = distances[start + i];
            if (found < neighbors || distance < distances[start + places[found - 1]]) {
                int place = found < neighbors ? found++ : neighbors - 1;
                while (place > 0 && distance < distances[start + places[place - 1]]) {
                    places[place] = places[place - 1];
                    place--;
                }
                places[place] = i;
            }
        }
        return places;
    }

    private static int vote(int[] places, int... classes) {
        int[] counts = new int[Arrays.stream(classes).max().orElse(0) + 1];
        int best = classes[places[0]];
        for (int place : places) {
            counts[classes[place]]++;
        }
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] > counts[best] || (counts[c] == counts[best] && c < best)) {
                best = c;
            }
        }
        return best;
    }
}
