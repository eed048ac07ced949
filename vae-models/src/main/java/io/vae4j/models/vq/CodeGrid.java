package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The axes of a grid of vectors, which is seen with its channels first, as by convolutions, or as rows.
 *
 * @param leading [K, B]
 * @param positions the shape of the grid, such as [H, W]
 */
record CodeGrid(Shape leading, Shape positions) {

    /** @param features [K, B, C, ...positions] */
    static CodeGrid of(NDArray features) {
        Shape shape = features.getShape();
        if (shape.dimension() < 4) {
            throw new IllegalArgumentException("the features to quantize have shape " + shape
                    + "; expected [K, B, C, ...positions], a grid of vectors such as [1, B, 64, 7, 7]");
        }
        return new CodeGrid(shape.slice(0, 2), shape.slice(3));
    }

    /** [K * B * positions, C] from [K, B, C, ...positions]. */
    NDArray rows(NDArray features) {
        long channels = features.getShape().get(2);
        return features.reshape(leading.get(0), leading.get(1), channels, positions.size())
                .transpose(0, 1, 3, 2)
                .reshape(-1, channels);
    }

    /** [K, B, D, ...positions] from [K * B * positions, D]. */
    NDArray channelsFirst(NDArray rows) {
        long channels = rows.getShape().get(1);
        return rows.reshape(leading.get(0), leading.get(1), positions.size(), channels)
                .transpose(0, 1, 3, 2)
                .reshape(leading.add(channels).addAll(positions));
    }

    /** [K, B, ...positions] from [K * B * positions]. */
    NDArray codes(NDArray indices) {
        return indices.reshape(leading.addAll(positions));
    }

    /** The sum over positions and channels, [K, B], of values of shape [K * B * positions, D]. */
    NDArray sumEvents(NDArray rows) {
        return rows.reshape(leading.get(0), leading.get(1), -1).sum(new int[] {2});
    }
}
