package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.core.training.WeightAverage;
import io.vae4j.experiments.recipe.StepKind;
import io.vae4j.experiments.recipe.TestedEpochs;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.experiments.training.localsgd.Shard;
import io.vae4j.experiments.training.localsgd.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** One epoch of training, and one pass over the test examples. */
final class TrainingLoop implements AutoCloseable {

    /** Reading the running loss waits for the device, so progress is shown only this often. */
    private static final int STEPS_PER_PROGRESS = 50;

    private final TrainedModel trained;
    private final TrainingSteps steps;
    private final Advance advance;
    private final TrainingGuard guard;
    private final Splits splits;
    private final HeldOut heldOut;
    private final TestedEpochs testedEpochs;
    private final Progress progress;
    private final StopSignal stop;

    /** The examples on the device. */
    record Splits(DeviceExamples train, Optional<DeviceExamples> validation, DeviceExamples test) {}

    TrainingLoop(TrainedModel trained, TrainingPlan plan, Splits splits, Progress progress, StopSignal stop) {
        this.trained = trained;
        this.splits = splits;
        this.progress = progress;
        this.stop = stop;
        testedEpochs = plan.train().testedEpochs();
        steps = new TrainingSteps(trained, plan, splits.train());
        advance = advance(plan.workers());
        int batch = Math.min(steps.batch(), steps.examples());
        heldOut = new HeldOut(trained, plan, steps.course(), batch, stop);
        guard = new TrainingGuard(plan.train().guard(), advance::skippedInARow);
    }

    private Advance advance(Workers workers) {
        if (workers instanceof Workers.InTurn inTurn) {
            return new InRounds(steps, inTurn.method(), new WorkersInTurn(steps, inTurn.method(), stop), stop);
        }
        return workers instanceof Workers.Elsewhere elsewhere
                ? new InRounds(steps, elsewhere.method(), elsewhere.rounds(), stop)
                : new StepByStep(steps);
    }

    /** Looks at the model by the weights that the run evaluates, averaged or not. */
    <T, X extends Exception> T evaluated(WeightAverage.Evaluation<T, X> evaluation) throws X {
        Optional<WeightAverage> average = step().average();
        return average.isPresent() ? average.get().during(evaluation) : evaluation.evaluate();
    }

    Splits splits() {
        return splits;
    }

    /** The step, whose state a checkpoint holds. */
    TrainingStep step() {
        return steps.step();
    }

    /** The steps, for whoever takes some by itself. */
    TrainingSteps training() {
        return steps;
    }

    /** The splits that are measured after each epoch, the training examples' own included. */
    List<Split> measured() {
        return testedEpochs == TestedEpochs.EVERY ? List.of(Split.TRAIN, Split.TEST) : List.of(Split.TRAIN);
    }

    /** From now on, steps are of a kind. */
    void steps(StepKind kind) {
        steps.of(kind);
    }

    /**
     * Takes the first steps of two epochs as programs; the training is spoiled by that.
     *
     * @return what they ran as, in TorchScript; none where they could not be programs
     */
    List<String> programs() {
        steps.of(StepKind.COMPILED);
        // the first of an epoch has all examples of a batch
        for (int epoch = 1; epoch <= 2; epoch++) {
            steps.in(epoch, Shard.WHOLE).on(0, step()::on);
        }
        return step().programs();
    }

    /** Who ends a training that has gone wrong. */
    TrainingGuard guard() {
        return guard;
    }

    /** How many of the latest steps changed nothing; this waits for the device. */
    long skippedInARow() {
        return advance.skippedInARow();
    }

    /** How many steps an epoch has, of each worker where there are some. */
    int stepsPerEpoch() {
        return steps.course().stepsPerEpoch();
    }

    /**
     * Whether so much can have been measured up to a step within an epoch: not by batches of another size, nor on
     * another number of examples, nor of other metrics, nor by another number of workers.
     */
    boolean fits(Checkpoint.State state, Checkpoint.Counts counts) {
        long done = state.step() - stepsTaken(state.epoch());
        if (done < 1 || done > stepsPerEpoch()) {
            return false;
        }
        long seen = advance.seen((int) done);
        return (state.metrics().isEmpty() || state.metrics().equals(summed(state.epoch() + 1)))
                && counts.examples() <= seen
                && counts.examples() >= seen - counts.skippedSteps() * steps.batch();
    }

    /**
     * Trains for one epoch.
     *
     * @param epoch from 1
     * @throws TrainingFailure if the training has gone wrong
     */
    Measurement train(int epoch) {
        try {
            return train(epoch, WithinEpoch.unkept(), gradients -> {}, training -> training);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As {@link #train(int)}, and measures what is held out.
     *
     * @param within keeps what the epoch reaches
     * @param gradients is given those of the epoch's last step, by the names of their parameters, where one process
     *     takes that step
     */
    EpochResult whole(int epoch, WithinEpoch within, Consumer<Map<String, NDArray>> gradients) throws IOException {
        return train(epoch, within, gradients, training -> new EpochResult(training, validation(epoch), tested(epoch)));
    }

    /** @param then what is done when the steps are done, and may be stopped as they are */
    private <R> R train(
            int epoch, WithinEpoch within, Consumer<Map<String, NDArray>> gradients, Function<Measurement, R> then)
            throws IOException {
        long start = System.nanoTime();
        stop.begin();
        try (NDManager owner = trained.newManager();
                MetricAccumulator sums = steps.accumulator(owner, epoch, advance.measured())) {
            Measured measured = new Measured(epoch, advance.of(epoch, sums, gradients), sums, start);
            int done = within.restore(sums, owner);
            try {
                for (int begun = done; done < stepsPerEpoch(); ) {
                    stop.check();
                    int before = done;
                    done = measured.steps().advance(before);
                    if (before == begun || before / STEPS_PER_PROGRESS != done / STEPS_PER_PROGRESS) {
                        report(done, measured.after(done));
                    }
                    // after the look, whose first loss is kept as well
                    within.stepped(done, sums);
                }
                return then.apply(measured.after(stepsPerEpoch()));
            } catch (StopSignal.Stopped e) {
                within.stopping(done, sums);
                throw e;
            }
        }
    }

    /** What is shown of a step. */
    interface Observer {

        /** Before the update. */
        void terms(NDArray x, NDArray loss);

        /** Those that the update goes by, by the names of their parameters. */
        void gradients(Map<String, NDArray> byName);
    }

    /** The steps of an epoch, and what is measured of them. */
    private final class Measured {

        private final int epoch;
        private final EpochSteps steps;
        private final MetricAccumulator sums;
        private final long start;

        /** @param start when the epoch began here, in nanoseconds */
        Measured(int epoch, EpochSteps steps, MetricAccumulator sums, long start) {
            this.epoch = epoch;
            this.steps = steps;
            this.sums = sums;
            this.start = start;
        }

        EpochSteps steps() {
            return steps;
        }

        /** The means after so many steps of the epoch, unless the training has gone wrong. */
        Measurement after(int done) {
            long taken = stepsTaken(epoch - 1) + done;
            double seconds = (System.nanoTime() - start) / 1e9;
            Measurement running = steps.told(sums.read(epoch, taken, Split.TRAIN, seconds));
            guard.check(
                    new TrainingFailure.Position(taken, done, epoch),
                    running,
                    stepsPerEpoch(),
                    observer -> steps.again(
                            done - 1,
                            inputs -> step().on(
                                            inputs,
                                            estimate -> observer.terms(inputs.x(), estimate.loss()),
                                            observer::gradients)));
            return running;
        }
    }

    private Optional<Measurement> tested(int epoch) {
        return testedEpochs == TestedEpochs.EVERY ? Optional.of(test(epoch)) : Optional.empty();
    }

    /** The means over the test examples, each with as many samples as the objective takes. */
    Measurement test(int epoch) {
        return evaluated(() -> heldOut.measured(epoch, HeldOut.Examples.test(splits.test())));
    }

    /** The same over the validation examples, where there are some. */
    Optional<Measurement> validation(int epoch) {
        return splits.validation()
                .map(examples -> evaluated(() -> heldOut.measured(epoch, HeldOut.Examples.validation(examples))));
    }

    private List<String> summed(int epoch) {
        try (NDManager owner = trained.newManager();
                MetricAccumulator sums = steps.accumulator(owner, epoch, advance.measured())) {
            return sums.summed();
        }
    }

    /** How many steps there are up to the end of an epoch. */
    long stepsTaken(int epoch) {
        return steps.course().stepsTaken(epoch);
    }

    /** Where all steps so far were skipped, there is no loss. */
    private void report(int done, Measurement running) {
        running.value(StandardMetrics.LOSS).ifPresent(loss -> progress.step(done, loss));
    }

    @Override
    public void close() {
        steps.close();
    }
}
