package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.Rounds;
import io.vae4j.experiments.training.localsgd.Shard;
import io.vae4j.experiments.training.localsgd.TrainingState;
import java.util.Map;
import java.util.function.Consumer;

/** Round after round of local SGD, after each of which model and optimizer are the averages of the workers'. */
final class InRounds implements Advance {

    private final TrainingSteps steps;
    private final LocalSgd method;
    private final Rounds rounds;
    private final StopSignal stop;
    private long skippedInARow;

    InRounds(TrainingSteps steps, LocalSgd method, Rounds rounds, StopSignal stop) {
        this.steps = steps;
        this.method = method;
        this.rounds = rounds;
        this.stop = stop;
    }

    @Override
    public EpochSteps of(int epoch, MetricAccumulator sums, Consumer<Map<String, NDArray>> lastGradients) {
        return new Epoch(epoch, sums);
    }

    @Override
    public MetricAccumulator.Kept measured() {
        return MetricAccumulator.Kept.SUMMED;
    }

    /** A round counts when it changed no worker's model. */
    @Override
    public long skippedInARow() {
        return skippedInARow;
    }

    @Override
    public long seen(int done) {
        return Math.min((long) done * steps.batch() * method.workers(), steps.examples());
    }

    private final class Epoch implements EpochSteps {

        private final int epoch;
        private final MetricAccumulator sums;
        private final RoundTimes times = new RoundTimes();

        Epoch(int epoch, MetricAccumulator sums) {
            this.epoch = epoch;
            this.sums = sums;
        }

        @Override
        public int advance(int done) {
            long start = System.nanoTime();
            Round round = method.round(epoch, done, steps.course().stepsPerEpoch());
            TrainingState before = steps.state().read();
            RoundPart mean = taken(round, before);
            write(mean.state());
            sums.add(mean.sums());
            skippedInARow = mean.moved() > 0 ? 0 : skippedInARow + round.to() - round.from();
            times.add(new RoundTimes.Round(
                    (System.nanoTime() - start) / 1e9, mean.seconds(), before.bytes() * 2 * method.workers()));
            return round.to();
        }

        private RoundPart taken(Round round, TrainingState before) {
            try {
                return rounds.run(round, before);
            } catch (RuntimeException e) {
                // some of its steps may have been taken here
                write(before);
                // a cluster that is told to stop ends its work at once, as if it had failed
                stop.check();
                throw e;
            }
        }

        private void write(TrainingState state) {
            try (NDManager scratch = steps.newManager()) {
                steps.state().write(state, scratch);
            }
        }

        /** By the first worker: where nobody's model has changed, it begins with the one at hand once more. */
        @Override
        public void again(int latest, Consumer<TrainingStep.Inputs> taking) {
            steps.in(epoch, new Shard(0, method.workers())).on(latest, taking);
        }

        @Override
        public Measurement told(Measurement measured) {
            return times.addedTo(measured);
        }
    }
}
