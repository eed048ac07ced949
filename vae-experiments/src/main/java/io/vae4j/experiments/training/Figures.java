package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.report.EventFile;
import io.vae4j.experiments.report.ImageGrid;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The pictures of the slides' MNIST experiment: test images beside their reconstructions, and the means of p(x|z) for
 * one fixed Z of 128 samples from the prior, after chosen epochs.
 */
final class Figures {

    private static final int RECONSTRUCTED = 64;
    private static final int SAMPLED = 128;
    private static final int COLUMNS = 8;

    private final Experiment experiment;
    private final RunFolder folder;

    Figures(Experiment experiment, RunFolder folder) {
        this.experiment = experiment;
        this.folder = folder;
    }

    /** The test images that reconstructions are to be compared with. */
    void originals() throws IOException {
        try (NDManager scratch = experiment.manager().newSubManager()) {
            grid(shown(scratch).images()).write(folder.image("originals"));
        }
    }

    /** Reconstructions and samples after an epoch, as files and as TensorBoard images. */
    void draw(int epoch, long step, EventFile events) throws IOException {
        try (NDManager scratch = experiment.manager().newSubManager()) {
            // the same noise whenever it is called, hence the same Z after every epoch
            Pass pass = Pass.evaluation(
                    experiment.store(), scratch, experiment.randomness().noise(RandomStream.FIGURES, 0));
            NDArray samples = sampled(pass);
            Minibatch shown = shown(scratch);
            NDArray reconstructions = experiment
                    .model()
                    .reconstruct(pass, shown.images(), shown.condition())
                    .mean();
            save("samples", grid(samples), epoch, step, events);
            save("reconstructions", grid(reconstructions), epoch, step, events);
        }
    }

    /** The means of p(x|z); of a conditional model, a row of one Z for each class. */
    private NDArray sampled(Pass pass) {
        if (experiment.recipe().data().condition() == ConditionName.NONE) {
            return experiment
                    .model()
                    .generate(pass, List.of(), SAMPLED, Condition.none())
                    .mean();
        }
        NDArray classes = pass.batch().eye(ImageSet.CLASSES);
        NDArray means = experiment
                .model()
                .generate(pass, List.of(), COLUMNS, Condition.given(classes))
                .mean();
        return means.swapAxes(0, 1);
    }

    private void save(String name, ImageGrid grid, int epoch, long step, EventFile events) throws IOException {
        grid.write(folder.image(String.format(Locale.ROOT, "%s-epoch-%04d", name, epoch)));
        events.image(step, name, grid);
    }

    private Minibatch shown(NDManager scratch) {
        int count = Math.min(RECONSTRUCTED, experiment.test().count());
        long[] first = IntStream.range(0, count).asLongStream().toArray();
        return experiment
                .test()
                .batch(scratch, first, 0, count, experiment.randomness().noise(RandomStream.FIGURES, 1));
    }

    private ImageGrid grid(NDArray images) {
        return ImageGrid.of(
                images.toFloatArray(),
                experiment.data().test().height(),
                experiment.data().test().width(),
                COLUMNS);
    }
}
