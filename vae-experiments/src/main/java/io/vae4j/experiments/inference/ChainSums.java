package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Ops;
import java.util.List;

/**
 * What chains went through, summed over the chains of an example and their steps behind the burn-in.
 *
 * @param means of p(x|z), [B, ...X]
 * @param draws of it, [B, ...X]
 * @param squares of the draws, [B, ...X]
 * @param last draw of an example's first chain, [B, ...X]
 * @param acceptance shares of proposals, summed over chains, [B]
 */
record ChainSums(NDArray means, NDArray draws, NDArray squares, NDArray last, NDArray acceptance) {

    /** With those of further chains. */
    ChainSums plus(ChainSums more) {
        return new ChainSums(
                means.add(more.means),
                draws.add(more.draws),
                squares.add(more.squares),
                last,
                acceptance.add(more.acceptance));
    }

    void attach(NDManager owner) {
        List.of(means, draws, squares, last, acceptance).forEach(array -> array.attach(owner));
    }

    /**
     * What they say of the examples; where x is observed, no sum may round it.
     *
     * @param chains of each example
     * @param steps of each chain that were summed
     */
    Imputation averaged(IncompleteRows rows, int chains, int steps) {
        double each = 1.0 / ((double) chains * steps);
        NDArray mean = Ops.scale(draws, each);
        NDArray variance = Ops.scale(squares, each).sub(mean.square());
        NDArray deviation = variance.clip(0, Float.MAX_VALUE).sqrt();
        return new Imputation(
                rows.completed(Ops.scale(means, each)),
                NDArrays.where(rows.seen(), rows.x().zerosLike(), deviation),
                last,
                Ops.scale(acceptance, 1.0 / chains));
    }
}
