package io.vae4j.experiments.recipe;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.util.List;
import java.util.Optional;

/**
 * How long to train, and what to keep.
 *
 * @param epochs passes over the training data
 * @param batch examples per step; the last batch of an epoch may be smaller
 * @param figureEpochs the epochs after which reconstructions and samples are drawn; the last one always is
 * @param keepCheckpoints how many of the latest checkpoints stay on disk
 * @param accumulate in how many parts the batch of a step passes, which saves memory and changes rounding only
 * @param averageWeights how much of a moving average of the weights remains after a step; where it is given, the
 *     average is what is evaluated
 * @param checkpointMinutes after how many minutes a run is kept within an epoch, and again
 * @param earlyStopping when to stop before the last epoch; never where it is left out
 */
public record TrainSpec(
        @Default("10") int epochs,
        @Default("128") int batch,
        @Default("[1, 5, 10]") @Example("[1, 4, 13]") List<Integer> figureEpochs,
        @Default("2") int keepCheckpoints,
        @Default("1") int accumulate,
        @Default("null") Optional<Double> averageWeights,
        @Default("10") double checkpointMinutes,
        @Default("null") Optional<EarlyStoppingSpec> earlyStopping) {

    private static final double CHECKPOINT_MINUTES = 10;

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
        this(epochs, batch, figureEpochs, keepCheckpoints, 1, Optional.empty(), CHECKPOINT_MINUTES, Optional.empty());
    }

    /** The same for another number of epochs. */
    public TrainSpec withEpochs(int other) {
        return new TrainSpec(
                other,
                batch,
                figureEpochs,
                keepCheckpoints,
                accumulate,
                averageWeights,
                checkpointMinutes,
                earlyStopping);
    }

    /** The same with another number of examples per step. */
    public TrainSpec withBatch(int other) {
        return new TrainSpec(
                epochs,
                other,
                figureEpochs,
                keepCheckpoints,
                accumulate,
                averageWeights,
                checkpointMinutes,
                earlyStopping);
    }

    /** The same with pictures after other epochs. */
    public TrainSpec withFigureEpochs(List<Integer> others) {
        return new TrainSpec(
                epochs, batch, others, keepCheckpoints, accumulate, averageWeights, checkpointMinutes, earlyStopping);
    }

    /** The same with another number of checkpoints on disk. */
    public TrainSpec withKeepCheckpoints(int latest) {
        return new TrainSpec(
                epochs, batch, figureEpochs, latest, accumulate, averageWeights, checkpointMinutes, earlyStopping);
    }

    /** The same with the batch of a step in so many parts. */
    public TrainSpec withAccumulate(int parts) {
        return new TrainSpec(
                epochs, batch, figureEpochs, keepCheckpoints, parts, averageWeights, checkpointMinutes, earlyStopping);
    }

    /** The same with a moving average of the weights. */
    public TrainSpec withAverageWeights(double decay) {
        return new TrainSpec(
                epochs,
                batch,
                figureEpochs,
                keepCheckpoints,
                accumulate,
                Optional.of(decay),
                checkpointMinutes,
                earlyStopping);
    }

    /** The same, kept within epochs after other times. */
    public TrainSpec withCheckpointMinutes(double minutes) {
        return new TrainSpec(
                epochs, batch, figureEpochs, keepCheckpoints, accumulate, averageWeights, minutes, earlyStopping);
    }

    /** The same with an end that the validation split decides. */
    public TrainSpec withEarlyStopping(EarlyStoppingSpec rule) {
        return new TrainSpec(
                epochs,
                batch,
                figureEpochs,
                keepCheckpoints,
                accumulate,
                averageWeights,
                checkpointMinutes,
                Optional.of(rule));
    }
}
