package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.LatentModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Missing values by a Markov chain that alternates between z given all values and x_mis ~ p(x_mis|z). It starts at a
 * sample of the model. Examples and their chains go in portions, so that memory grows with neither chains nor steps,
 * and with examples by the answers alone.
 */
public final class Imputer {

    /** That go side by side. What is drawn for one depends on its place, and not on how many come after it. */
    static final int EXAMPLES = 20;

    /** Of each of these, at a time, or fewer where a likelihood holds much for each. */
    static final int CHAINS = 5;

    private final LatentModel model;
    private final ImputationSettings settings;
    private final BiFunction<NDManager, Long, Pass> passes;

    /** @param passes a pass with the noise of a number from 0 on, owned by the manager */
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
        long count = x.getShape().get(0);
        List<Imputation> portions = new ArrayList<>();
        for (long from = 0; from < count; from += EXAMPLES) {
            try (NDManager scratch = owner.newSubManager()) {
                long to = Math.min(from + EXAMPLES, count);
                IncompleteRows rows = IncompleteRows.of(scratch, x, observed, condition, from, to)
                        .padded(Math.min(EXAMPLES, count));
                Imputation portion = imputed(scratch, rows, from / EXAMPLES).first(to - from);
                portion.attach(owner);
                portions.add(portion);
            }
        }
        return Imputation.joined(portions);
    }

    /** @param number of the portion of examples */
    private Imputation imputed(NDManager owner, IncompleteRows rows, long number) {
        Shape event = rows.x().getShape().slice(1);
        int size = (int) SamplePortion.of(model, new Shape(EXAMPLES).addAll(event), CHAINS);
        long portions = ((long) settings.chains() + size - 1) / size;
        ChainSums sums = walked(owner, rows, Math.min(size, settings.chains()), number * portions);
        for (long done = size; done < settings.chains(); done += size) {
            int chains = (int) Math.min(size, settings.chains() - done);
            try (NDManager scratch = owner.newSubManager()) {
                rows.lend(scratch);
                sums.attach(scratch);
                sums = sums.plus(walked(scratch, rows, chains, number * portions + done / size));
                sums.attach(owner);
            }
        }
        return sums.averaged(rows, settings.chains(), settings.steps() - settings.burnIn());
    }

    /** Walks some chains; the numbers of their passes are theirs alone. */
    private ChainSums walked(NDManager owner, IncompleteRows rows, int chains, long portion) {
        long first = portion * (settings.steps() + 1L);
        ImputationWalk walk =
                new ImputationWalk(model, settings.kernel().begin(model, owner), owner, rows.repeated(chains), chains);
        walk.start(scratch -> passes.apply(scratch, first));
        for (int step = 1; step <= settings.steps(); step++) {
            long pass = first + step;
            walk.step(scratch -> passes.apply(scratch, pass), step > settings.burnIn());
        }
        return walk.sums();
    }
}
