package io.vae4j.experiments.evaluation.samplequality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.torch.TorchFunction;
import java.util.function.UnaryOperator;

/**
 * How many samples lie among the real examples, and how many real examples lie among the samples. Kynkaanniemi et al.
 * 2019, eqs. 1 and 2, https://arxiv.org/abs/1904.06991
 *
 * @param precision from 0 to 1: samples that look real
 * @param recall from 0 to 1: real examples that samples could look like
 */
record PrecisionRecall(double precision, double recall) {

    /** Rows for which distances to all others are in memory at once. */
    private static final int ROWS = 500;

    /** By differences, for the distance from a point to itself must be zero. */
    private static final TorchFunction DISTANCES = TorchFunction.of("a, b", "torch.cdist(a, b, 2., 2)");

    private static final TorchFunction INSIDE =
            TorchFunction.of("distances, radii", "torch.any(torch.le(distances, radii), 1)");

    /**
     * Compares two sets of features.
     *
     * @param real [N, F]
     * @param samples [M, F]
     * @param neighbor k, less than either number
     */
    static PrecisionRecall of(NDArray real, NDArray samples, int neighbor) {
        return new PrecisionRecall(covered(real, samples, neighbor), covered(samples, real, neighbor));
    }

    /** The share of points inside one of the balls around others. */
    private static double covered(NDArray centers, NDArray points, int neighbor) {
        try (NDManager scratch = centers.getManager().newSubManager()) {
            // the nearest one is the point itself
            NDArray radii = eachRows(
                    scratch,
                    centers,
                    rows -> DISTANCES
                            .apply(rows, centers)
                            .topK(neighbor + 1, 1, false, true)
                            .get(0)
                            .get(":, {}", neighbor));
            NDArray inside = eachRows(
                    scratch,
                    points,
                    rows -> INSIDE.apply(DISTANCES.apply(rows, centers), radii).toType(DataType.FLOAT32, false));
            return inside.mean().getFloat();
        }
    }

    /** Something of each row, [N], for some rows at a time. */
    private static NDArray eachRows(NDManager owner, NDArray all, UnaryOperator<NDArray> function) {
        NDList parts = new NDList();
        long count = all.getShape().get(0);
        for (long from = 0; from < count; from += ROWS) {
            try (NDManager scratch = owner.newSubManager()) {
                NDArray rows = all.get("{}:{}", from, Math.min(from + ROWS, count));
                rows.attach(scratch);
                NDArray part = function.apply(rows);
                part.attach(owner);
                parts.add(part);
            }
        }
        return NDArrays.concat(parts);
    }
}
