package io.vae4j.experiments.recipe;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How long to train, and what to keep.
 *
 * @param epochs passes over the training data
 * @param batch examples per step; the last batch of an epoch may be smaller
 * @param figureEpochs the epochs after which reconstructions and samples are drawn; the last one always is
 * @param keepCheckpoints how many of the latest checkpoints stay on disk
 * @param accumulate in how many parts the batch of a step passes, which saves memory and changes rounding only
 * @param step whether a step runs operation by operation, or as one program
 * @param averageWeights how much of a moving average of the weights remains after a step; where it is given, the
 *     average is what is evaluated
 * @param checkpointMinutes after how many minutes a run is kept within an epoch, and again
 * @param guard when a training that has gone wrong ends
 * @param earlyStopping when to stop before the last epoch; never where it is left out
 * @param testedEpochs after which epochs the test examples are measured
 */
public record TrainSpec(
        @Default("10") @Within("[1, 1e6]") int epochs,
        @Default("128") @Within("[1, 1e6]") int batch,

        @Default("[1, 5, 10]") @Example("[1, 4, 13]") @Within("[1, 1e6]")
        List<Integer> figureEpochs,

        @Default("2") @Within("[1, 1e6]") int keepCheckpoints,
        @Default("1") @Within("[1, 1e6]") int accumulate,
        @Default("compiled") StepKind step,
        @Default("null") @Within("[0, 1)") Optional<Double> averageWeights,

        @Default("" + TrainSpec.CHECKPOINT_MINUTES) @Within("[0, 1e5]")
        double checkpointMinutes,

        @Default("{}") GuardSpec guard,
        @Default("null") Optional<EarlyStoppingSpec> earlyStopping,
        @Default("every") TestedEpochs testedEpochs) {

    private static final double CHECKPOINT_MINUTES = 10.0;

    public TrainSpec {
        KeyChecks.atLeastOne("train.epochs", epochs);
        KeyChecks.atLeastOne("train.batch", batch);
        KeyChecks.atLeastOne("train.keepCheckpoints", keepCheckpoints);
        KeyChecks.atLeastOne("train.accumulate", accumulate);
        KeyChecks.notNegative("train.checkpointMinutes", checkpointMinutes);
        averageWeights.ifPresent(decay -> KeyChecks.fraction("train.averageWeights", decay));
        figureEpochs = KeyChecks.eachAtLeastOne("train.figureEpochs", figureEpochs);
    }

    /** With nothing but what every training has. */
    public TrainSpec(int epochs, int batch, List<Integer> figureEpochs, int keepCheckpoints) {
        this(
                epochs,
                batch,
                figureEpochs,
                keepCheckpoints,
                1,
                StepKind.COMPILED,
                Optional.empty(),
                CHECKPOINT_MINUTES,
                GuardSpec.DEFAULT,
                Optional.empty(),
                TestedEpochs.EVERY);
    }

    /** The same for another number of epochs. */
    public TrainSpec withEpochs(int other) {
        return changed(draft -> draft.epochs = other);
    }

    /** The same with another number of examples per step. */
    public TrainSpec withBatch(int other) {
        return changed(draft -> draft.batch = other);
    }

    /** The same with pictures after other epochs. */
    public TrainSpec withFigureEpochs(List<Integer> others) {
        return changed(draft -> draft.figureEpochs = others);
    }

    /** The same with another number of checkpoints on disk. */
    public TrainSpec withKeepCheckpoints(int latest) {
        return changed(draft -> draft.keepCheckpoints = latest);
    }

    /** The same with the batch of a step in so many parts. */
    public TrainSpec withAccumulate(int parts) {
        return changed(draft -> draft.accumulate = parts);
    }

    /** The same with steps of another kind. */
    public TrainSpec withStep(StepKind kind) {
        return changed(draft -> draft.step = kind);
    }

    /** The same with a moving average of the weights. */
    public TrainSpec withAverageWeights(double decay) {
        return changed(draft -> draft.averageWeights = Optional.of(decay));
    }

    /** The same, kept within epochs after other times. */
    public TrainSpec withCheckpointMinutes(double minutes) {
        return changed(draft -> draft.checkpointMinutes = minutes);
    }

    /** The same with other signs of a training that has gone wrong. */
    public TrainSpec withGuard(GuardSpec other) {
        return changed(draft -> draft.guard = other);
    }

    /** The same with an end that the validation split decides. */
    public TrainSpec withEarlyStopping(EarlyStoppingSpec rule) {
        return changed(draft -> draft.earlyStopping = Optional.of(rule));
    }

    /** The same, tested after other epochs. */
    public TrainSpec withTestedEpochs(TestedEpochs epochs) {
        return changed(draft -> draft.testedEpochs = epochs);
    }

    private TrainSpec changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** A record that is being changed: each of its values is named once. */
    private static final class Draft {

        private int epochs;
        private int batch;
        private List<Integer> figureEpochs;
        private int keepCheckpoints;
        private int accumulate;
        private StepKind step;
        private Optional<Double> averageWeights;
        private double checkpointMinutes;
        private GuardSpec guard;
        private Optional<EarlyStoppingSpec> earlyStopping;
        private TestedEpochs testedEpochs;

        Draft(TrainSpec from) {
            epochs = from.epochs;
            batch = from.batch;
            figureEpochs = from.figureEpochs;
            keepCheckpoints = from.keepCheckpoints;
            accumulate = from.accumulate;
            step = from.step;
            averageWeights = from.averageWeights;
            checkpointMinutes = from.checkpointMinutes;
            guard = from.guard;
            earlyStopping = from.earlyStopping;
            testedEpochs = from.testedEpochs;
        }

        TrainSpec finished() {
            return new TrainSpec(
                    epochs,
                    batch,
                    figureEpochs,
                    keepCheckpoints,
                    accumulate,
                    step,
                    averageWeights,
                    checkpointMinutes,
                    guard,
                    earlyStopping,
                    testedEpochs);
        }
    }
}
