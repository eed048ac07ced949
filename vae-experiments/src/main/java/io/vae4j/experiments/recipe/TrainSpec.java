package io.vae4j.experiments.recipe;

import java.util.List;

/**
 * How long to train, and what to keep.
 *
 * @param epochs passes over the training images
 * @param batch images per step; the last batch of an epoch may be smaller
 * @param figureEpochs the epochs after which reconstructions and samples are drawn; the last one always is
 * @param keepCheckpoints how many of the latest checkpoints stay on disk
 */
public record TrainSpec(int epochs, int batch, List<Integer> figureEpochs, int keepCheckpoints) {

    public TrainSpec {
        Checks.atLeastOne("train.epochs", epochs);
        Checks.atLeastOne("train.batch", batch);
        Checks.atLeastOne("train.keepCheckpoints", keepCheckpoints);
        figureEpochs = Checks.eachAtLeastOne("train.figureEpochs", figureEpochs);
    }

    TrainSpec withEpochs(int other) {
        return new TrainSpec(other, batch, figureEpochs, keepCheckpoints);
    }
}
