package io.vae4j.experiments.training;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The checkpoints within epochs: every few minutes, and when the run is asked to stop, so that neither costs the part
 * of an epoch that is done. They hold the sums of the epoch's metrics, whose means are then the same.
 */
final class StepCheckpoints {

    private final RunFolder folder;
    private final TrainingLoop loop;
    private final long seed;
    private final Function<Optional<Checkpoint.Begun>, Checkpoint.Content> content;
    private final long nanos;
    private long kept = System.nanoTime();

    /** @param content of a checkpoint, given what is measured of the epoch */
    StepCheckpoints(
            RunFolder folder,
            TrainingLoop loop,
            long seed,
            Duration every,
            Function<Optional<Checkpoint.Begun>, Checkpoint.Content> content) {
        this.folder = folder;
        this.loop = loop;
        this.seed = seed;
        this.content = content;
        nanos = every.toNanos();
    }

    /** A new epoch. */
    WithinEpoch of(int epoch) {
        return new Within(epoch - 1, Optional.empty(), Optional.empty());
    }

    /** The epoch that a checkpoint is within. */
    WithinEpoch of(int epoch, Checkpoint begun, NDManager manager) {
        return new Within(epoch - 1, Optional.of(begun), Optional.of(manager));
    }

    /** @param epochs done before this one */
    private final class Within implements WithinEpoch {

        private final int epochs;
        private final Optional<Checkpoint> begun;
        private final Optional<NDManager> manager;

        Within(int epochs, Optional<Checkpoint> begun, Optional<NDManager> manager) {
            this.epochs = epochs;
            this.begun = begun;
            this.manager = manager;
        }

        @Override
        public int restore(MetricAccumulator sums) {
            if (begun.isEmpty()) {
                return 0;
            }
            Checkpoint.State state = begun.get().state();
            begun.get().loadSums(manager.orElseThrow(), sums.state());
            sums.restored(state.examples().orElseThrow());
            return Math.toIntExact(state.step() - loop.stepsTaken(epochs));
        }

        @Override
        public void stepped(int done, MetricAccumulator sums) throws IOException {
            if (System.nanoTime() - kept >= nanos) {
                keep(done, sums);
            }
        }

        @Override
        public void stopping(int done, MetricAccumulator sums) throws IOException {
            if (done > 0) {
                keep(done, sums);
            }
        }

        private void keep(int done, MetricAccumulator sums) throws IOException {
            long step = loop.stepsTaken(epochs) + done;
            Checkpoint.Begun measured = new Checkpoint.Begun(sums.state(), sums.examples());
            folder.checkpoints().of(epochs, step).save(epochs, step, seed, content.apply(Optional.of(measured)));
            folder.checkpoints().pruneWithin(epochs, step);
            kept = System.nanoTime();
        }
    }
}
