package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.torch.Aten;
import io.vae4j.experiments.recipe.GuardSpec;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.experiments.training.TrainingFailure.Position;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends a training that has gone wrong. It looks when the running loss is looked at, so that no step waits for it: steps
 * that are not finite change nothing in the meantime.
 */
final class TrainingGuard {

    private final GuardSpec spec;
    private final LongSupplier skippedInARow;
    private Optional<Double> first = Optional.empty();

    /** @param skippedInARow how many of the latest steps changed nothing */
    TrainingGuard(GuardSpec spec, LongSupplier skippedInARow) {
        this.spec = spec;
        this.skippedInARow = skippedInARow;
    }

    /** What the loss was in the beginning of a run that goes on. */
    void began(double loss) {
        first = Optional.of(loss);
    }

    /** What the loss was in the beginning, once that was looked at. */
    Optional<Double> first() {
        return first;
    }

    /**
     * Looks at what an epoch has reached.
     *
     * @param running the means so far
     * @param steps of the epoch: if all of them are skipped, it is no use to go on
     * @param again takes the latest step once more, and shows what it goes by
     * @throws TrainingFailure if it is no use to go on
     */
    void check(Position latest, Measurement running, int steps, Consumer<TrainingLoop.Observer> again) {
        long skipped = skippedInARow.getAsLong();
        if (skipped >= Math.min(spec.skippedSteps(), steps)) {
            Culprit culprit = new Culprit();
            again.accept(culprit);
            throw TrainingFailure.skipped(latest, skipped, culprit.name());
        }
        running.value(StandardMetrics.LOSS).ifPresent(loss -> requireBounded(latest, loss));
    }

    private void requireBounded(Position latest, double loss) {
        if (first.isEmpty()) {
            first = Optional.of(loss);
        } else if (loss > spec.largestLoss(first.get())) {
            throw TrainingFailure.grown(latest, loss, first.get());
        }
    }

    /** The first array of a step that is not finite: an example, the loss, or a parameter's gradient. */
    private static final class Culprit implements TrainingLoop.Observer {

        private Optional<String> found = Optional.empty();

        @Override
        public void terms(NDArray x, NDArray loss) {
            look("an example", x);
            look("the loss", loss);
        }

        @Override
        public void gradients(Map<String, NDArray> byName) {
            byName.forEach((name, gradient) -> look("the gradient of " + name, gradient));
        }

        private void look(String name, NDArray array) {
            if (found.isEmpty() && !Aten.isFinite(array)) {
                found = Optional.of(name);
            }
        }

        String name() {
            return found.orElse("the loss or the gradient of a part that learns by its own");
        }
    }
}
