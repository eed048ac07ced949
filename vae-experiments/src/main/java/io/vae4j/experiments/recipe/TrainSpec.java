package io.vae4j.experiments.recipe;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.util.List;

/**
 * How long to train, and what to keep.
 *
 * @param epochs passes over the training data
 * @param batch examples per step; the last batch of an epoch may be smaller
 * @param figureEpochs the epochs after which reconstructions and samples are drawn; the last one always is
 * @param keepCheckpoints how many of the latest checkpoints stay on disk
 */
public record TrainSpec(
        @Default("10") int epochs,
        @Default("128") int batch,
        @Default("[1, 5, 10]") @Example("[1, 4, 13]") List<Integer> figureEpochs,
        @Default("2") int keepCheckpoints) {

    public TrainSpec {
        KeyChecks.atLeastOne("train.epochs", epochs);
        KeyChecks.atLeastOne("train.batch", batch);
        KeyChecks.atLeastOne("train.keepCheckpoints", keepCheckpoints);
        figureEpochs = KeyChecks.eachAtLeastOne("train.figureEpochs", figureEpochs);
    }

    TrainSpec withEpochs(int other) {
        return new TrainSpec(other, batch, figureEpochs, keepCheckpoints);
    }
}
