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
import java.util.function.DoubleConsumer;

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
    private final DoubleConsumer progress;

    /** @param passes a pass with the noise of a number from 0 on, owned by the manager */
    public Imputer(LatentModel model, ImputationSettings settings, BiFunction<NDManager, Long, Pass> passes) {
        this(model, settings, passes, share -> {});
    }

    /** @param progress told which share of all steps is done */
    public Imputer(
            LatentModel model,
            ImputationSettings settings,
            BiFunction<NDManager, Long, Pass> passes,
            DoubleConsumer progress) {
        this.model = model;
        this.settings = settings;
        this.passes = passes;
        this.progress = progress;
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
                double before = (double) from / (double) count;
                double share = (double) (to - from) / (double) count;
                Runnable step = new Steps(
                        done -> progress.accept(before + share * done), (double) portions(rows) * settings.steps());
                Imputation portion =
                        imputed(scratch, rows, from / EXAMPLES, step).first(to - from);
                portion.attach(owner);
                portions.add(portion);
            }
        }
        return Imputation.joined(portions);
    }

    /** @param number of the portion of examples */
    private Imputation imputed(NDManager owner, IncompleteRows rows, long number, Runnable step) {
        int size = chains(rows);
        long portions = portions(rows);
        ChainSums sums = walked(owner, rows, Math.min(size, settings.chains()), number * portions, step);
        for (long done = size; done < settings.chains(); done += size) {
            int chains = (int) Math.min(size, settings.chains() - done);
            try (NDManager scratch = owner.newSubManager()) {
                rows.lend(scratch);
                sums.attach(scratch);
                sums = sums.plus(walked(scratch, rows, chains, number * portions + done / size, step));
                sums.attach(owner);
            }
        }
        return sums.averaged(rows, settings.chains(), settings.steps() - settings.burnIn());
    }

    /** Chains that go at a time. */
    private int chains(IncompleteRows rows) {
        Shape event = rows.x().getShape().slice(1);
        return (int) SamplePortion.of(model, new Shape(EXAMPLES).addAll(event), CHAINS);
    }

    private long portions(IncompleteRows rows) {
        int size = chains(rows);
        return ((long) settings.chains() + size - 1) / size;
    }

    /** Tells which share of the steps of some examples is done. */
    private static final class Steps implements Runnable {

        private final DoubleConsumer progress;
        private final double all;
        private double taken;

        Steps(DoubleConsumer progress, double all) {
            this.progress = progress;
            this.all = all;
        }

        @Override
        public void run() {
            taken += 1;
            progress.accept(taken / all);
        }
    }

    /** Walks some chains; the numbers of their passes are theirs alone. */
    private ChainSums walked(NDManager owner, IncompleteRows rows, int chains, long portion, Runnable taken) {
        long first = portion * (settings.steps() + 1L);
        ImputationWalk walk =
                new ImputationWalk(model, settings.kernel().begin(model, owner), owner, rows.repeated(chains), chains);
        walk.start(scratch -> passes.apply(scratch, first));
        for (int step = 1; step <= settings.steps(); step++) {
            long pass = first + step;
            walk.step(scratch -> passes.apply(scratch, pass), step > settings.burnIn());
            taken.run();
        }
        return walk.sums();
    }
}
