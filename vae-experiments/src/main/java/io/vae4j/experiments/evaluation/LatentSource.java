package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Where the latents of samples come from. */
@FunctionalInterface
public interface LatentSource {

    /** The model's own prior. */
    LatentSource PRIOR = (owner, count, seed) -> List.of();

    /**
     * Latents of the topmost layers; those below are drawn from the model.
     *
     * @param owner of what is returned
     * @param seed differs from call to call
     * @return the topmost first, each [count, 1, ...Z]
     */
    List<NDArray> fromTop(NDManager owner, int count, long seed);
}
