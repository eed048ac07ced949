package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.full.NDIndexFullSlice;

/** Elements of a symbolic array by an index. */
final class Indexing {

    private Indexing() {}

    /** @throws Untraceable if the index is more than slices and places */
    static NDArray of(OperatedArray array, NDIndex index) {
        NDIndexFullSlice slice = NDIndexFullSlice.fromIndex(index, array.getShape())
                .orElseThrow(() -> new Untraceable("an array is indexed by other than slices"));
        NDArray result = array;
        for (int axis = 0; axis < array.getShape().dimension(); axis++) {
            long from = slice.getMin()[axis];
            long to = slice.getMax()[axis];
            long step = slice.getStep()[axis];
            if (from != 0 || to != array.getShape().get(axis) || step != 1) {
                result = ((OperatedArray) result).op("slice", "$0, " + axis + ", " + from + ", " + to + ", " + step);
            }
        }
        return slice.getToSqueeze().length == 0 ? result : result.squeeze(slice.getToSqueeze());
    }
}
