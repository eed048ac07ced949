package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.training.localsgd.Shard;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One step after another, on all examples. */
final class StepByStep implements Advance {

    private final TrainingSteps steps;

    StepByStep(TrainingSteps steps) {
        this.steps = steps;
    }

    @Override
    public EpochSteps of(int epoch, MetricAccumulator sums, Consumer<Map<String, NDArray>> lastGradients) {
        return new Epoch(steps.in(epoch, Shard.WHOLE), sums, lastGradients);
    }

    @Override
    public MetricAccumulator.Kept measured() {
        return MetricAccumulator.Kept.ALL;
    }

    @Override
    public long skippedInARow() {
        return steps.step().skippedInARow();
    }

    @Override
    public long seen(int done) {
        return Math.min((long) done * steps.batch(), steps.examples());
    }

    private final class Epoch implements EpochSteps {

        private final TrainingSteps.OfShard all;
        private final MetricAccumulator sums;
        private final Consumer<Map<String, NDArray>> lastGradients;

        Epoch(TrainingSteps.OfShard all, MetricAccumulator sums, Consumer<Map<String, NDArray>> lastGradients) {
            this.all = all;
            this.sums = sums;
            this.lastGradients = lastGradients;
        }

        @Override
        public int advance(int done) {
            all.on(done, inputs -> {
                if (done + 1 < all.count()) {
                    steps.step().on(inputs, sums);
                } else {
                    lastStep(inputs);
                }
                sums.settle(steps.step().skipped().latest());
            });
            return done + 1;
        }

        /** The gradients are read when the step is over: until then they may be symbolic. */
        private void lastStep(TrainingStep.Inputs inputs) {
            try (NDManager owner = steps.newManager()) {
                Map<String, NDArray> gradients = new TreeMap<>();
                steps.step()
                        .on(
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

        @Override
        public void again(int latest, Consumer<TrainingStep.Inputs> taking) {
            all.on(latest, taking);
        }

        @Override
        public Measurement told(Measurement measured) {
            return measured;
        }
    }
}
