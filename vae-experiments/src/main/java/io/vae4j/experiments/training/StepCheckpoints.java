package io.vae4j.experiments.training;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The checkpoints within epochs: every few minutes, and when the run is asked to stop, so that neither costs the part
 * of an epoch that is done. They hold the sums of the epoch's metrics, whose means are then the same.
 */
final class StepCheckpoints {

    private static final double NANOS_PER_MINUTE = 60e9;

    private final RunFolder folder;
    private final TrainingLoop loop;
    private final TrainingPlan plan;
    private final Optional<Begun> begun;
    private final Function<Optional<Checkpoint.Begun>, Checkpoint.Content> content;
    private long kept = System.nanoTime();
    /** Of the latest one; to write it again would take it away for a moment. */
    private OptionalLong keptStep;

    /** Its files are gone when its epoch is over, and what it says is still asked for. */
    private record Begun(Checkpoint checkpoint, Checkpoint.State state) {}

    /**
     * @param begun the one that the run was restored to, if it is within an epoch
     * @param content of a checkpoint, given what is measured of the epoch
     */
    StepCheckpoints(
            RunFolder folder,
            TrainingLoop loop,
            TrainingPlan plan,
            Optional<Checkpoint> begun,
            Function<Optional<Checkpoint.Begun>, Checkpoint.Content> content) {
        this.folder = folder;
        this.loop = loop;
        this.plan = plan;
        this.begun = begun.map(checkpoint -> new Begun(checkpoint, checkpoint.state()));
        this.content = content;
        keptStep = this.begun.isPresent()
                ? OptionalLong.of(this.begun.get().state().step())
                : OptionalLong.empty();
    }

    /** Those of an epoch. */
    WithinEpoch of(int epoch) {
        return new Within(epoch - 1);
    }

    private final class Within implements WithinEpoch {

        /** Done before this one. */
        private final int epochs;

        Within(int epochs) {
            this.epochs = epochs;
        }

        @Override
        public int restore(MetricAccumulator sums, NDManager scratch) {
            Optional<Begun> from = begun.filter(each -> each.state().epoch() == epochs);
            from.ifPresent(each -> {
                each.checkpoint().loadSums(scratch, sums.state());
                sums.restored(each.state().counts().orElseThrow());
            });
            return from.map(each -> Math.toIntExact(each.state().step() - loop.stepsTaken(epochs)))
                    .orElse(0);
        }

        @Override
        public void stepped(int done, MetricAccumulator sums) throws IOException {
            if (System.nanoTime() - kept >= plan.train().checkpointMinutes() * NANOS_PER_MINUTE) {
                keep(done, sums);
            }
        }

        @Override
        public void stopping(int done, MetricAccumulator sums) throws IOException {
            if (done > 0) {
                keep(done, sums);
            }
        }

        /** Not while steps are skipped: the weights may be why, and a good checkpoint would go. */
        private void keep(int done, MetricAccumulator sums) throws IOException {
            long step = loop.stepsTaken(epochs) + done;
            if (keptStep.equals(OptionalLong.of(step)) || loop.skippedInARow() > 0) {
                return;
            }
            Checkpoint.Begun measured = new Checkpoint.Begun(sums.state(), sums.summed(), sums.counts());
            folder.checkpoints()
                    .of(epochs, step)
                    .save(epochs, step, plan.randomness().seed(), content.apply(Optional.of(measured)));
            folder.checkpoints().pruneWithin(epochs, step);
            kept = System.nanoTime();
            keptStep = OptionalLong.of(step);
        }
    }
}
