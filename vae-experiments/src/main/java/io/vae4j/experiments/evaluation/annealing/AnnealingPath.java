package io.vae4j.experiments.evaluation.annealing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;

/**
 * The geometric path of unnormalized densities from one that can be sampled to the joint density of latents and given
 * examples: {@code log f_beta(z) = log f_0(z) + beta (log p(x,z) - log f_0(z))}.
 */
interface AnnealingPath {

    /**
     * Independent samples of the density at its beginning, which is normalized.
     *
     * @param owner of the samples
     * @return [C, B, ...Z], for C chains and B examples
     */
    NDArray start(NDManager owner, Noise noise, long chains);

    /**
     * What the path is made of, differentiable in z.
     *
     * @param owner of all that is made
     * @param z [C, B, ...Z]
     */
    Densities at(NDManager owner, NDArray z);

    /**
     * The two ends of the path at some latents.
     *
     * @param base log f_0(z), [C, B], nats
     * @param tilt log p(x,z) - log f_0(z), [C, B], nats
     */
    record Densities(NDArray base, NDArray tilt) {

        /** log f_beta(z), [C, B], nats. */
        NDArray between(double beta) {
            return base.add(Ops.scale(tilt, beta));
        }
    }
}
