package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Function;

/**
 * What may stand where values are missing; where they are not, the observed ones.
 *
 * @param mean E[x_mis|x_obs], by the means of p(x_mis|z) along the chains, [B, ...X]
 * @param standardDeviation of x_mis given x_obs, by the draws along the chains, [B, ...X]; 0 where it is observed
 * @param draw x_mis ~ p(x_mis|x_obs), the end of the first chain, [B, ...X]
 * @param acceptance the share of proposals that were accepted, from 0 to 1, [B]; 1 where nothing is proposed
 */
public record Imputation(NDArray mean, NDArray standardDeviation, NDArray draw, NDArray acceptance) {

    /** That of portions of examples, one behind the other. */
    static Imputation joined(List<Imputation> portions) {
        return portions.size() == 1
                ? portions.get(0)
                : new Imputation(
                        joined(portions, Imputation::mean),
                        joined(portions, Imputation::standardDeviation),
                        joined(portions, Imputation::draw),
                        joined(portions, Imputation::acceptance));
    }

    private static NDArray joined(List<Imputation> portions, Function<Imputation, NDArray> part) {
        return NDArrays.concat(new NDList(portions.stream().map(part).toList()), 0);
    }

    /** That of the first examples. */
    Imputation first(long count) {
        String places = ":" + count;
        return new Imputation(
                mean.get(places), standardDeviation.get(places), draw.get(places), acceptance.get(places));
    }

    /** All arrays, to belong to another manager. */
    public void attach(NDManager owner) {
        mean.attach(owner);
        standardDeviation.attach(owner);
        draw.attach(owner);
        acceptance.attach(owner);
    }
}
