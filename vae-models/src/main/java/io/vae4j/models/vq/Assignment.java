package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.TorchFunction;

/**
 * Vectors and the codes nearest to them.
 *
 * @param encoded the encoder's outputs, [M, D]
 * @param indices which code is nearest, [M], INT64
 * @param nearest that code, [M, D]
 */
record Assignment(NDArray encoded, NDArray indices, NDArray nearest) {

    private static final TorchFunction NEAREST = TorchFunction.ofBody("z, e", """
            squares = torch.sum(torch.square(e), [1])
            return torch.argmin(torch.addmm(squares, z, torch.t(e), beta=1, alpha=-2), 1)""");

    /** Adds (1, z) to the row of each vector's code. */
    private static final TorchFunction TOTALS = TorchFunction.ofBody("zeros, i, z", """
            each = torch.cat([torch.ones_like(torch.slice(z, 1, 0, 1)), z], 1)
            return torch.index_add(zeros, 0, i, each)""");

    /**
     * Finds the nearest codes by {@code argmin_j (||e_j||^2 - 2 z e_j)}: {@code ||z||^2} is the same for all codes.
     *
     * @param encoded [M, D]
     * @param codes [N, D]
     */
    static Assignment of(NDArray encoded, NDArray codes) {
        NDArray fixed = codes.stopGradient();
        NDArray indices = NEAREST.apply(encoded.stopGradient(), fixed);
        return new Assignment(encoded, indices, Aten.rows(indices, codes));
    }

    /** How often each code is used and the sum of its vectors. */
    Totals totals(long codes) {
        NDArray vectors = encoded.stopGradient();
        NDArray zeros = vectors.getManager()
                .zeros(new Shape(codes, 1 + vectors.getShape().get(1)), vectors.getDataType());
        NDArray totals = TOTALS.apply(zeros, indices, vectors);
        return new Totals(totals.get(":, 0"), totals.get(":, 1:"));
    }

    /** Random ones of the vectors, different ones as far as they go, [count, D]. */
    NDArray randomVectors(Noise noise, long count) {
        NDArray vectors = encoded.stopGradient();
        long available = vectors.getShape().get(0);
        NDArray order = noise.uniform(new Shape(available), vectors).argSort();
        long rounds = (count + available - 1) / available;
        return Aten.rows(order.tile(rounds).get(new NDIndex(":" + count)), vectors);
    }

    /**
     * How often codes were used in a batch, and the sums of their vectors.
     *
     * @param uses [N]
     * @param sums [N, D]
     */
    record Totals(NDArray uses, NDArray sums) {}
}
