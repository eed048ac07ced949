package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.LatentModel;
import java.util.List;
import java.util.function.Function;

/** Chains side by side, several in a row for each example, with the sums of what they go through. */
final class ImputationWalk {

    private final LatentModel model;
    private final ImputationKernel.Chains chains;
    private final NDManager owner;
    private final IncompleteRows rows;
    private final int each;
    private NDArray state;
    private NDArray sumOfMeans;
    private NDArray sum;
    private NDArray sumOfSquares;

    /**
     * Chains that have not begun.
     *
     * @param owner of what is remembered
     * @param rows a row for each chain
     * @param each how many chains an example has
     */
    ImputationWalk(LatentModel model, ImputationKernel.Chains chains, NDManager owner, IncompleteRows rows, int each) {
        this.model = model;
        this.chains = chains;
        this.owner = owner;
        this.rows = rows;
        this.each = each;
        state = rows.x();
        sumOfMeans = rows.x().zerosLike();
        sum = rows.x().zerosLike();
        sumOfSquares = rows.x().zerosLike();
    }

    /** Begins at a sample of the model for each chain. */
    void start(Function<NDManager, Pass> passes) {
        try (NDManager scratch = owner.newSubManager()) {
            rows.lend(scratch);
            Pass pass = passes.apply(scratch);
            boolean free = rows.condition() instanceof Condition.None;
            long count = rows.x().getShape().get(0);
            Distribution prior = model.generate(pass, List.of(), free ? count : 1, rows.condition());
            state = kept(rows.completed(flat(prior.sample(pass.noise(), 1))));
        }
    }

    /** @param counts whether the step is behind the burn-in */
    void step(Function<NDManager, Pass> passes, boolean counts) {
        try (NDManager scratch = owner.newSubManager()) {
            rows.lend(scratch);
            List.of(state, sumOfMeans, sum, sumOfSquares).forEach(array -> array.attach(scratch));
            Pass pass = passes.apply(scratch);
            Distribution likelihood = chains.step(pass, state, rows.condition());
            NDArray next = rows.completed(flat(likelihood.sample(pass.noise(), 1)));
            NDArray mean = rows.completed(flat(likelihood.mean()));
            sumOfMeans = kept(counts ? sumOfMeans.add(mean) : sumOfMeans);
            sum = kept(counts ? sum.add(next) : sum);
            sumOfSquares = kept(counts ? sumOfSquares.add(next.square()) : sumOfSquares);
            state = kept(next);
        }
    }

    private NDArray kept(NDArray array) {
        array.attach(owner);
        return array;
    }

    private NDArray flat(NDArray one) {
        return one.reshape(rows.x().getShape());
    }

    /** Over the chains of each example. */
    ChainSums sums() {
        NDArray shares = chains.acceptance()
                .orElseGet(() -> Ops.full(state, new Shape(state.getShape().get(0)), 1));
        return new ChainSums(
                overChains(sumOfMeans),
                overChains(sum),
                overChains(sumOfSquares),
                byChain(state).get(":, 0"),
                overChains(shares));
    }

    private NDArray overChains(NDArray values) {
        return byChain(values).sum(new int[] {1});
    }

    private NDArray byChain(NDArray values) {
        Shape shape = values.getShape();
        return values.reshape(new Shape(shape.get(0) / each, each).addAll(shape.slice(1)));
    }
}
