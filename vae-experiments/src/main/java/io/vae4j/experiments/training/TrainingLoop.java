package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.core.training.WeightAverage;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.experiments.recipe.StepKind;
import io.vae4j.experiments.recipe.TestedEpochs;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** One epoch of training, and one pass over the test examples. Every batch has its own manager. */
final class TrainingLoop implements AutoCloseable {

    /** Reading the running loss waits for the device, so progress is shown only this often. */
    private static final int STEPS_PER_PROGRESS = 50;

    private final TrainedModel trained;
    private final TrainingStep step;
    private final TrainingGuard guard;
    private final Splits splits;
    private final List<Metric> metrics;
    private final Randomness random;
    private final int batch;
    private final Course course;
    private final HeldOut heldOut;
    private final TestedEpochs testedEpochs;
    private final Progress progress;
    private final StopSignal stop;

    /** The examples on the device. */
    record Splits(DeviceExamples train, Optional<DeviceExamples> validation, DeviceExamples test) {}

    TrainingLoop(TrainedModel trained, TrainingPlan plan, Splits splits, Progress progress, StopSignal stop) {
        this.trained = trained;
        this.splits = splits;
        metrics = plan.metrics();
        this.progress = progress;
        this.stop = stop;
        random = plan.randomness();
        batch = plan.train().batch();
        testedEpochs = plan.train().testedEpochs();
        int examples = splits.train().count();
        int steps = (examples + batch - 1) / batch;
        course = new Course(
                plan.objective().apply(new Extent(examples, steps)),
                plan.learningRate().apply(steps),
                steps);
        heldOut = new HeldOut(trained, plan, course, Math.min(batch, examples), stop);
        // what an objective has of its own starts by the seed, whatever was drawn since the model was made
        random.seedEngine(RandomStream.INITIALIZE, 1);
        step = step(plan);
        guard = new TrainingGuard(plan.train().guard(), step);
    }

    private TrainingStep step(TrainingPlan plan) {
        TrainingStep made = new TrainingStep(
                trained.model(),
                plan.estimator(),
                plan.optimizer(),
                course.objective().at(0));
        try {
            plan.train().averageWeights().ifPresent(made::averaging);
            return taking(made, plan.train().step()).accumulating(plan.train().accumulate());
        } catch (IllegalArgumentException e) {
            made.close();
            throw new InvalidInput(Objects.toString(e.getMessage()), "train.accumulate", "set train.accumulate=1");
        }
    }

    /** Looks at the model by the weights that the run evaluates, averaged or not. */
    <T, X extends Exception> T evaluated(WeightAverage.Evaluation<T, X> evaluation) throws X {
        Optional<WeightAverage> average = step.average();
        return average.isPresent() ? average.get().during(evaluation) : evaluation.evaluate();
    }

    Splits splits() {
        return splits;
    }

    /** The step, whose state a checkpoint holds. */
    TrainingStep step() {
        return step;
    }

    /** The splits that are measured after each epoch, the training examples' own included. */
    List<Split> measured() {
        return testedEpochs == TestedEpochs.EVERY ? List.of(Split.TRAIN, Split.TEST) : List.of(Split.TRAIN);
    }

    /** From now on, steps are of a kind. */
    void steps(StepKind kind) {
        taking(step, kind);
    }

    private static TrainingStep taking(TrainingStep step, StepKind kind) {
        return kind == StepKind.COMPILED ? step.compiled() : step.eager();
    }

    /**
     * Takes the first two steps as programs; the training is spoiled by that.
     *
     * @return what they ran as, in TorchScript; none where they could not be programs
     */
    List<String> programs() {
        step.compiled();
        long[] order = Shuffle.of(random.seed(), 1, splits.train().count());
        for (int index = 0; index < 2; index++) {
            step(order, 0, Math.min(batch, order.length), index, step::on);
        }
        return step.programs();
    }

    /** Who ends a training that has gone wrong. */
    TrainingGuard guard() {
        return guard;
    }

    /** How many steps an epoch has. */
    int stepsPerEpoch() {
        return course.stepsPerEpoch();
    }

    /**
     * Whether so much can have been measured up to a step within an epoch: not by batches of another size, nor on
     * another number of examples, nor of other metrics.
     */
    boolean fits(Checkpoint.State state, Checkpoint.Counts counts) {
        long done = state.step() - stepsTaken(state.epoch());
        long seen = Math.min(done * batch, splits.train().count());
        return (state.metrics().isEmpty() || state.metrics().equals(summed(state.epoch() + 1)))
                && done >= 1
                && done <= stepsPerEpoch()
                && counts.examples() <= seen
                && counts.examples() >= seen - counts.skippedSteps() * batch;
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
     * @param gradients is given those of the epoch's last step, by the names of their parameters
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
                MetricAccumulator sums = accumulator(owner, epoch)) {
            Steps steps = new Steps(epoch, sums, gradients);
            int done = within.restore(sums, owner);
            try {
                for (int begun = done; done < stepsPerEpoch(); done++) {
                    stop.check();
                    steps.take(done);
                    if (done == begun || (done + 1) % STEPS_PER_PROGRESS == 0) {
                        report(done + 1, steps.looked(done, seconds(start)));
                    }
                    // after the look, whose first loss is kept as well
                    within.stepped(done + 1, sums);
                }
                return then.apply(steps.looked(stepsPerEpoch() - 1, seconds(start)));
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

    /** The steps of an epoch. */
    private final class Steps {

        private final int epoch;
        private final long[] order;
        private final MetricAccumulator sums;
        private final Consumer<Map<String, NDArray>> lastGradients;

        Steps(int epoch, MetricAccumulator sums, Consumer<Map<String, NDArray>> lastGradients) {
            this.epoch = epoch;
            this.sums = sums;
            this.lastGradients = lastGradients;
            order = Shuffle.of(random.seed(), epoch, splits.train().count());
        }

        /** @param done steps of the epoch before this one */
        void take(int done) {
            on(done, inputs -> {
                if (done + 1 < stepsPerEpoch()) {
                    step.on(inputs, sums);
                } else {
                    lastStep(inputs);
                }
                sums.settle(step.skipped().latest());
            });
        }

        private void on(int done, Consumer<TrainingStep.Inputs> taking) {
            int from = done * batch;
            step(order, from, Math.min(from + batch, order.length), stepsTaken(epoch - 1) + done, taking);
        }

        /** The gradients are read when the step is over: until then they may be symbolic. */
        private void lastStep(TrainingStep.Inputs inputs) {
            try (NDManager owner = trained.newManager()) {
                Map<String, NDArray> gradients = new TreeMap<>();
                step.on(
                        inputs,
                        sums,
                        shown -> shown.forEach((name, gradient) -> {
                            // the update clips them where they are
                            NDArray copy = gradient.duplicate();
                            copy.attach(owner);
                            gradients.put(name, copy);
                        }));
                lastGradients.accept(gradients);
            }
        }

        /** The means so far, unless the training has gone wrong. */
        Measurement looked(int latest, double seconds) {
            long taken = stepsTaken(epoch - 1) + latest + 1;
            Measurement running = sums.read(epoch, taken, Split.TRAIN, seconds);
            guard.check(
                    new TrainingFailure.Position(taken, latest + 1, epoch),
                    running,
                    stepsPerEpoch(),
                    observer -> on(
                            latest,
                            inputs -> step.on(
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

    private void step(long[] order, int from, int to, long index, Consumer<TrainingStep.Inputs> taking) {
        try (NDManager owner = trained.newManager()) {
            random.seedEngine(RandomStream.ENGINE, index);
            Minibatch data = splits.train().batch(owner, order, from, to, random.noise(RandomStream.TRAIN_BITS, index));
            TrainingStep.Inputs inputs = new TrainingStep.Inputs(
                    data.x(),
                    data.condition(),
                    course.objective().at(index),
                    course.rate().at(index),
                    index,
                    random.noise(RandomStream.TRAIN_NOISE, index));
            taking.accept(inputs);
        }
    }

    private List<String> summed(int epoch) {
        try (NDManager owner = trained.newManager();
                MetricAccumulator sums = accumulator(owner, epoch)) {
            return sums.summed();
        }
    }

    private MetricAccumulator accumulator(NDManager owner, int epoch) {
        return new MetricAccumulator(metrics, new Metric.Subject(owner, trained.model(), course.objectiveAfter(epoch)));
    }

    /** How many steps there are up to the end of an epoch. */
    long stepsTaken(int epoch) {
        return course.stepsTaken(epoch);
    }

    /** Where all steps so far were skipped, there is no loss. */
    private void report(int done, Measurement running) {
        running.value(StandardMetrics.LOSS).ifPresent(loss -> progress.step(done, loss));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        step.close();
    }
}
