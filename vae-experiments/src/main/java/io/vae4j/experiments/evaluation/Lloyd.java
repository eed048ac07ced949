package io.vae4j.experiments.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lloyd's k-means algorithm written out: each point goes to its nearest center, and each center to the mean of its
 * points. Lloyd 1982, https://doi.org/10.1109/TIT.1982.1056489
 */
public final class Lloyd {

    private Lloyd() {}

    /**
     * Centers and the sum of squared distances to them.
     *
     * @param centers [count][D]
     * @param inertia sum over the points of the squared distance to the nearest center
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    public record Clustering(double[][] centers, double inertia) {}

    /**
     * The clusterings from a start on, itself first.
     *
     * @param points [N][D]
     * @param start [count][D]; a center that no point is nearest to stays where it is
     */
    public static List<Clustering> from(double[][] points, double[][] start, int iterations) {
        List<Clustering> course = new ArrayList<>(List.of(new Clustering(start, inertia(points, start))));
        for (int i = 0; i < iterations; i++) {
            double[][] moved = moved(points, course.get(i).centers());
            course.add(new Clustering(moved, inertia(points, moved)));
        }
        return course;
    }

    /** The place of the center that is nearest to a point. */
    public static int nearest(double[] point, double[][] centers) {
        int nearest = 0;
        for (int c = 1; c < centers.length; c++) {
            if (squaredDistance(point, centers[c]) < squaredDistance(point, centers[nearest])) {
                nearest = c;
            }
        }
        return nearest;
    }

    /** The sum over the points of the squared distance to the nearest center. */
    public static double inertia(double[][] points, double[][] centers) {
        return Arrays.stream(points)
                .mapToDouble(point -> squaredDistance(point, centers[nearest(point, centers)]))
                .sum();
    }

    private static double[][] moved(double[][] points, double[][] centers) {
        double[][] sums = new double[centers.length][centers[0].length];
        int[] counts = new int[centers.length];
        for (double[] point : points) {
            int c = nearest(point, centers);
            counts[c]++;
            for (int d = 0; d < point.length; d++) {
                sums[c][d] += point[d];
            }
        }
        double[][] moved = new double[centers.length][];
        for (int c = 0; c < centers.length; c++) {
            double count = counts[c];
            moved[c] = count == 0
                    ? centers[c]
                    : Arrays.stream(sums[c]).map(sum -> sum / count).toArray();
        }
        return moved;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (a[d] - b[d]) * (a[d] - b[d]);
        }
        return sum;
    }
}
