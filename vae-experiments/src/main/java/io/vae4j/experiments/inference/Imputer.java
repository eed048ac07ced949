package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.LatentModel;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Missing values by a Markov chain that alternates between z given all values and x_mis ~ p(x_mis|z). It starts at a
 * sample of the model. Memory does not grow with the steps.
 */
public final class Imputer {

    private final LatentModel model;
    private final ImputationSettings settings;
    private final BiFunction<NDManager, Long, Pass> passes;

    /** @param passes a pass with the noise of a step, owned by the manager; step 0 draws where the chains start */
    public Imputer(LatentModel model, ImputationSettings settings, BiFunction<NDManager, Long, Pass> passes) {
        this.model = model;
        this.settings = settings;
        this.passes = passes;
    }

    /**
     * Runs the chains.
     *
     * @param owner of what is returned
     * @param x [B, ...X]; where it is missing, its value is no matter
     * @param observed 1 where x is known and 0 where it is missing, [B, ...X]
     */
    public Imputation impute(NDManager owner, NDArray x, NDArray observed, Condition condition) {
        int chains = settings.chains();
        NDArray known = x.repeat(0, chains);
        NDArray where = observed.repeat(0, chains).toType(DataType.BOOLEAN, true);
        Walk walk = new Walk(owner, known, where, condition.repeat(chains));
        for (int step = 1; step <= settings.steps(); step++) {
            walk.step(step);
        }
        return walk.imputation(x, observed.toType(DataType.BOOLEAN, true), chains);
    }

    /** All chains, with the sums of what they went through. */
    private final class Walk {

        private final NDManager owner;
        private final NDArray known;
        private final NDArray where;
        private final Condition condition;
        private final ImputationKernel.Chains chains;
        private NDArray state;
        private NDArray sumOfMeans;
        private NDArray sum;
        private NDArray sumOfSquares;

        Walk(NDManager owner, NDArray known, NDArray where, Condition condition) {
            this.owner = owner;
            this.known = known;
            this.where = where;
            this.condition = condition;
            chains = settings.kernel().begin(model, owner);
            try (NDManager scratch = owner.newSubManager()) {
                lend(scratch);
                state = kept(completed(start(passes.apply(scratch, 0L))));
            }
            sumOfMeans = known.zerosLike();
            sum = known.zerosLike();
            sumOfSquares = known.zerosLike();
        }

        /** A sample of the model for each chain, [B, ...X]. */
        private NDArray start(Pass pass) {
            boolean free = condition instanceof Condition.None;
            long count = known.getShape().get(0);
            Distribution prior = model.generate(pass, List.of(), free ? count : 1, condition);
            return prior.sample(pass.noise(), 1).reshape(known.getShape());
        }

        void step(int number) {
            try (NDManager scratch = owner.newSubManager()) {
                lend(scratch);
                List.of(state, sumOfMeans, sum, sumOfSquares).forEach(array -> array.attach(scratch));
                Pass pass = passes.apply(scratch, (long) number);
                Distribution likelihood = chains.step(pass, state, condition);
                NDArray next = completed(flat(likelihood.sample(pass.noise(), 1)));
                boolean counts = number > settings.burnIn();
                NDArray mean = completed(flat(likelihood.mean()));
                sumOfMeans = kept(counts ? sumOfMeans.add(mean) : sumOfMeans);
                sum = kept(counts ? sum.add(next) : sum);
                sumOfSquares = kept(counts ? sumOfSquares.add(next.square()) : sumOfSquares);
                state = kept(next);
            }
        }

        private void lend(NDManager scratch) {
            known.tempAttach(scratch);
            where.tempAttach(scratch);
            if (condition instanceof Condition.Given given) {
                given.values().tempAttach(scratch);
            }
        }

        private NDArray kept(NDArray array) {
            array.attach(owner);
            return array;
        }

        private NDArray flat(NDArray one) {
            return one.reshape(known.getShape());
        }

        /** Observed values where there are any. */
        private NDArray completed(NDArray drawn) {
            return NDArrays.where(where, known, drawn);
        }

        /** @param seen where x is observed, and no sum may round it */
        Imputation imputation(NDArray x, NDArray seen, int each) {
            double count = (double) each * (settings.steps() - settings.burnIn());
            NDArray mean = Ops.scale(overChains(sum, each), 1 / count);
            NDArray variance =
                    Ops.scale(overChains(sumOfSquares, each), 1 / count).sub(mean.square());
            NDArray first = byChain(state, each).get(":, 0");
            NDArray deviation = variance.clip(0, Float.MAX_VALUE).sqrt();
            return new Imputation(
                    NDArrays.where(seen, x, Ops.scale(overChains(sumOfMeans, each), 1 / count)),
                    NDArrays.where(seen, x.zerosLike(), deviation),
                    first.reshape(x.getShape()),
                    chains.acceptance());
        }

        private NDArray overChains(NDArray values, int each) {
            return byChain(values, each).sum(new int[] {1});
        }

        private NDArray byChain(NDArray values, int each) {
            Shape shape = values.getShape();
            return values.reshape(new Shape(shape.get(0) / each, each).addAll(shape.slice(1)));
        }
    }
}
