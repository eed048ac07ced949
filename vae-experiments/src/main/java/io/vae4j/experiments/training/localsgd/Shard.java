package io.vae4j.experiments.training.localsgd;

/**
 * The examples of one worker in an epoch: every N-th of the epoch's order, beginning with its own number, as torch's
 * DistributedSampler deals them out, but none twice. Those of all workers are all examples, each once, and the steps
 * that the workers take at the same time are together one step of one process with a batch N times as large.
 *
 * @param worker from 0
 * @param workers N
 */
public record Shard(int worker, int workers) {

    /** All examples. */
    public static final Shard WHOLE = new Shard(0, 1);

    public Shard {
        if (worker < 0 || worker >= workers) {
            throw new IllegalArgumentException("a shard is of worker " + worker + " of " + workers
                    + "; expected a number from 0 to one less than there are workers");
        }
    }

    /** How many of so many examples; those of two workers differ by at most one. */
    public int size(int examples) {
        return (examples - worker + workers - 1) / workers;
    }

    /** Its part of an order. */
    public long[] of(long[] order) {
        long[] part = new long[size(order.length)];
        for (int i = 0; i < part.length; i++) {
            part[i] = order[worker + i * workers];
        }
        return part;
    }

    /**
     * The number of a step among those of all workers: what is drawn at random goes by it, so that no two workers draw
     * the same, and one worker alone draws what a process without workers does.
     *
     * @param step of the worker, 0 for its first
     */
    public long ordinal(long step) {
        return step * workers + worker;
    }
}
