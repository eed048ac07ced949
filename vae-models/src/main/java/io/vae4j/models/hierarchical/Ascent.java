package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Memoized;
import io.vae4j.core.Pass;
import java.util.List;

/**
 * The deterministic pass upwards, made when it is asked for.
 *
 * @param features d_1 ... d_L that the pass's parameters make of the data, each [1, B, ...F]
 */
record Ascent(Pass pass, Memoized<List<NDArray>> features) {

    /** @param level 0 for d_1 */
    NDArray at(int level) {
        return features.get().get(level);
    }
}
