package io.vae4j.experiments.training.localsgd;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.LocalSgdRecord;

/**
 * How many workers train side by side, and how many steps each takes by itself before their states are averaged. Both
 * change what is trained: with them, the seed and the recipe it is one and the same, wherever the workers run.
 *
 * @param workers N, 1 or more
 * @param localSteps H, 1 or more; a round ends with its epoch at the latest, so that a large H is a round for each
 *     epoch
 */
public record LocalSgd(int workers, int localSteps) {

    /** The steps between two averages unless another number is asked for; see docs/local-sgd.md. */
    public static final int LOCAL_STEPS = 10;

    /** What becomes of Adam's moments at an average: they are averaged, too; see docs/local-sgd.md. */
    private static final String MOMENTS = "averaged";

    /** More than any cluster has: a slip of the hand, which would begin by taking all memory. */
    public static final int MOST_WORKERS = 10_000;

    public LocalSgd {
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException(
                    "local SGD by " + workers + " workers was asked for; expected 1 to " + MOST_WORKERS);
        }
        if (localSteps < 1) {
            throw new IllegalArgumentException(
                    "workers were to take " + localSteps + " steps between two averages; expected 1 or more");
        }
    }

    /** With the usual number of local steps. */
    public LocalSgd(int workers) {
        this(workers, LOCAL_STEPS);
    }

    /**
     * Refuses more workers than the data can feed: a step of less than a batch, or of nothing, teaches little.
     *
     * @param examples to train on
     * @param batch the examples of a step of one worker
     * @throws InvalidInput if a worker's share of the examples is smaller than its batch
     */
    public void requireShards(int examples, int batch) {
        int smallest = new Shard(workers - 1, workers).size(examples);
        if (workers > 1 && smallest < batch) {
            throw new InvalidInput(
                    "of " + examples + " examples each of " + workers + " workers has " + smallest
                            + ", fewer than a batch of " + batch,
                    "--workers",
                    "take at most " + Math.max(1, examples / batch) + " workers, or set a smaller train.batch");
        }
    }

    /** How many steps an epoch has for the worker with the most examples. */
    public int stepsPerEpoch(int examples, int batch) {
        return (new Shard(0, workers).size(examples) + batch - 1) / batch;
    }

    /** What comes after so many steps of an epoch. */
    public Round round(int epoch, int done, int stepsPerEpoch) {
        return new Round(epoch, done, done + Math.min(localSteps, stepsPerEpoch - done));
    }

    /** As a run's manifest has it. */
    public LocalSgdRecord recorded() {
        return new LocalSgdRecord(workers, localSteps, MOMENTS);
    }

    /** In words. */
    @Override
    public String toString() {
        return workers + (workers == 1 ? " worker, " : " workers, ") + localSteps
                + (localSteps == 1 ? " local step" : " local steps") + " a round";
    }
}
