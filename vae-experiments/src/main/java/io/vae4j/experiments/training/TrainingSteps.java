package io.vae4j.experiments.training;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.vae4j.core.objective.AdaptiveObjective;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.experiments.recipe.StepKind;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Shard;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The steps of a training, each on its examples and with its noise: both are functions of the seed, the epoch, the
 * shard and the step's place in it. Every batch has its own manager.
 */
final class TrainingSteps implements AutoCloseable {

    private final TrainedModel trained;
    private final TrainingStep step;
    private final DeviceExamples examples;
    private final List<Metric> metrics;
    private final Randomness random;
    private final int batch;
    private final Course course;
    private Optional<EpochOrder> order = Optional.empty();

    /** @param examples to train on */
    TrainingSteps(TrainedModel trained, TrainingPlan plan, DeviceExamples examples) {
        this.trained = trained;
        this.examples = examples;
        metrics = plan.metrics();
        random = plan.randomness();
        batch = plan.train().batch();
        int all = examples.count();
        int steps = plan.workers().localSgd().orElse(new LocalSgd(1)).stepsPerEpoch(all, batch);
        course = new Course(
                plan.objective().apply(new Extent(all, steps)),
                plan.learningRate().apply(steps),
                steps);
        plan.workers().localSgd().ifPresent(this::requireFit);
        // what an objective has of its own starts by the seed, whatever was drawn since the model was made
        random.seedEngine(RandomStream.INITIALIZE, 1);
        step = step(plan);
    }

    /** Refuses what several workers cannot train; one can train what a process without workers can. */
    private void requireFit(LocalSgd method) {
        method.requireShards(examples.count(), batch);
        Stream<Block> learning = course.objective().at(0) instanceof AdaptiveObjective adaptive
                ? Stream.of(trained.model(), adaptive.part())
                : Stream.of(trained.model());
        learning.flatMap(part -> AfterStep.averagingRefusal(part).stream())
                .filter(refusal -> method.workers() > 1)
                .findFirst()
                .ifPresent(refusal -> {
                    throw new InvalidInput("this cannot be trained by several workers", "--workers", refusal);
                });
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

    /** From now on, steps are of a kind. */
    void of(StepKind kind) {
        taking(step, kind);
    }

    private static TrainingStep taking(TrainingStep step, StepKind kind) {
        return kind == StepKind.COMPILED ? step.compiled() : step.eager();
    }

    /** The step, whose state a checkpoint holds. */
    TrainingStep step() {
        return step;
    }

    /** How the training changes from step to step. */
    Course course() {
        return course;
    }

    /** How many examples there are to train on. */
    int examples() {
        return examples.count();
    }

    /** The examples of a full step of one worker. */
    int batch() {
        return batch;
    }

    /** The steps of a shard in an epoch. */
    OfShard in(int epoch, Shard shard) {
        if (order.filter(known -> known.epoch() == epoch).isEmpty()) {
            order = Optional.of(new EpochOrder(epoch, Shuffle.of(random.seed(), epoch, examples.count())));
        }
        return new OfShard(epoch, shard, order.orElseThrow().of(shard));
    }

    /** The steps of one shard in one epoch. */
    final class OfShard {

        private final Shard shard;
        private final long[] order;
        private final long before;

        private OfShard(int epoch, Shard shard, long[] order) {
            this.shard = shard;
            this.order = order;
            before = course.stepsTaken(epoch - 1);
        }

        /** How many there are; the last may have fewer examples than a batch. */
        int count() {
            return (order.length + batch - 1) / batch;
        }

        /** @param done steps of the epoch before this one */
        void on(int done, Consumer<TrainingStep.Inputs> taking) {
            long index = before + done;
            long ordinal = shard.ordinal(index);
            int from = done * batch;
            try (NDManager owner = trained.newManager()) {
                random.seedEngine(RandomStream.ENGINE, ordinal);
                Minibatch data = examples.batch(
                        owner,
                        order,
                        from,
                        Math.min(from + batch, order.length),
                        random.noise(RandomStream.TRAIN_BITS, ordinal));
                taking.accept(new TrainingStep.Inputs(
                        data.x(),
                        data.condition(),
                        course.objective().at(index),
                        course.rate().at(index),
                        index,
                        random.noise(RandomStream.TRAIN_NOISE, ordinal)));
            }
        }
    }

    /**
     * What is measured of an epoch.
     *
     * @param owner of its arrays
     * @param all which of its metrics
     */
    MetricAccumulator accumulator(NDManager owner, int epoch, MetricAccumulator.Kept all) {
        return new MetricAccumulator(
                metrics, new Metric.Subject(owner, trained.model(), course.objectiveAfter(epoch)), all);
    }

    /** A manager whose arrays go when it is closed. */
    NDManager newManager() {
        return trained.newManager();
    }

    /** All arrays that a training goes on from. */
    StateArrays state() {
        return StateArrays.of(trained.model(), step);
    }

    @Override
    public void close() {
        step.close();
    }
}
