package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * What may stand where values are missing; where they are not, the observed ones.
 *
 * @param mean E[x_mis|x_obs], by the means of p(x_mis|z) along the chains, [B, ...X]
 * @param standardDeviation of x_mis given x_obs, by the draws along the chains, [B, ...X]; 0 where it is observed
 * @param draw x_mis ~ p(x_mis|x_obs), the end of the first chain, [B, ...X]
 * @param acceptance the share of proposals that were accepted, from 0 to 1
 */
public record Imputation(NDArray mean, NDArray standardDeviation, NDArray draw, double acceptance) {

    /** All arrays, to belong to another manager. */
    public void attach(NDManager owner) {
        mean.attach(owner);
        standardDeviation.attach(owner);
        draw.attach(owner);
    }
}
