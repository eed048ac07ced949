package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.Aten;

/**
 * Clusters by Lloyd's algorithm from k-means++, which samples each next center in proportion to the squared distance
 * from those before. Arthur and Vassilvitskii 2007, section 2.2, http://ilpubs.stanford.edu:8090/778/
 */
final class KMeans {

    private final NDArray vectors;
    private final Noise noise;

    /** @param vectors [M, D]; they own the results */
    KMeans(NDArray vectors, Noise noise) {
        this.vectors = vectors;
        this.noise = noise;
    }

    /** The centers of {@code count} clusters, [count, D]; an empty cluster keeps its center. */
    NDArray centers(long count, int iterations) {
        NDArray centers = spread(count);
        for (int i = 0; i < iterations; i++) {
            centers = moved(centers);
        }
        return centers;
    }

    private NDArray spread(long count) {
        NDArray nearest = Ops.full(vectors, new Shape(vectors.getShape().get(0)), 1);
        NDArray uniform = noise.uniform(new Shape(count, 1), vectors);
        NDList centers = new NDList();
        for (int i = 0; i < count; i++) {
            try (NDManager scratch = vectors.getManager().newSubManager()) {
                NDArray center = chosen(borrowed(nearest, scratch), uniform.get(i));
                NDArray distance =
                        borrowed(vectors, scratch).sub(center).square().sum(new int[] {1});
                // the first center is drawn evenly, so that its weights are no distances
                NDArray closer = i == 0 ? distance : distance.minimum(nearest);
                nearest.close();
                nearest = kept(closer);
                centers.add(kept(center));
            }
        }
        return NDArrays.concat(centers, 0);
    }

    /** The vector where the cumulated weights first exceed a share of their total, [1, D]. */
    private NDArray chosen(NDArray weights, NDArray share) {
        NDArray cumulated = weights.cumSum(0);
        NDArray total = cumulated.get("-1:");
        NDArray below = cumulated.lte(total.mul(share)).toType(DataType.INT64, false);
        // all weights may be zero, where there are fewer different vectors than centers
        NDArray index = below.sum(new int[] {0}, true).clip(0, weights.size() - 1);
        return Aten.rows(index, vectors);
    }

    /** One iteration of Lloyd's algorithm, [count, D]. */
    NDArray moved(NDArray centers) {
        try (NDManager scratch = vectors.getManager().newSubManager()) {
            Assignment assignment = Assignment.of(borrowed(vectors, scratch), centers);
            Assignment.Totals totals = assignment.totals(centers.getShape().get(0));
            NDArray uses = totals.uses().expandDims(1);
            NDArray empty = uses.eq(0).toType(uses.getDataType(), false);
            return kept(totals.sums().add(empty.mul(centers)).div(uses.add(empty)));
        }
    }

    /** A view that another manager owns, and with it all that is made of it. */
    private static NDArray borrowed(NDArray array, NDManager owner) {
        NDArray view = array.reshape(array.getShape());
        view.attach(owner);
        return view;
    }

    private NDArray kept(NDArray array) {
        array.attach(vectors.getManager());
        return array;
    }
}
