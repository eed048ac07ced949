package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.experiments.drawing.ImageGrid;
import io.vae4j.experiments.report.EventFile;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The pictures of the slides' MNIST experiment: test images beside their reconstructions, and the means of p(x|z) for
 * one fixed Z of 128 samples from the prior, after chosen epochs. Of examples that are no images none is made.
 */
final class EpochPictures {

    private static final String SAMPLES = "samples";
    private static final String RECONSTRUCTIONS = "reconstructions";
    private static final int RECONSTRUCTED = 64;
    private static final int SAMPLED = 128;
    private static final int COLUMNS = 8;

    /** Of large images fewer are shown: a picture of many megabytes is no picture for a page. */
    private static final long MOST_NUMBERS = 8L << 20;

    private final TrainedModel trained;
    private final DeviceExamples test;
    private final RunFolder folder;
    private final Randomness random;

    EpochPictures(TrainedModel trained, DeviceExamples test, RunFolder folder, Randomness random) {
        this.trained = trained;
        this.test = test;
        this.folder = folder;
        this.random = random;
    }

    /** The test images that reconstructions are to be compared with, unless they are there. */
    void originals() throws IOException {
        if (!trained.view().summary().isImage() || Files.exists(folder.image("originals"))) {
            return;
        }
        try (NDManager scratch = trained.newManager()) {
            grid(shown(scratch).x()).write(folder.image("originals"));
        }
    }

    /** Reconstructions and samples after an epoch, as files and as TensorBoard images. */
    void draw(int epoch, long step, EventFile events) throws IOException {
        if (!trained.view().summary().isImage()) {
            return;
        }
        try (NDManager scratch = trained.newManager()) {
            // the same noise whenever it is called, hence the same Z after every epoch
            Pass pass = Pass.evaluation(trained.store(), scratch, random.noise(RandomStream.FIGURES, 0));
            ImageGrid samples = grid(sampled(pass));
            Minibatch shown = shown(scratch);
            ImageGrid reconstructions = grid(trained.model()
                    .reconstruct(pass, shown.x(), shown.condition())
                    .mean());
            events.image(step, SAMPLES, samples);
            events.image(step, RECONSTRUCTIONS, reconstructions);
            // the files come last: where they are, a resumed run takes the events to be there as well
            samples.write(file(SAMPLES, epoch));
            reconstructions.write(file(RECONSTRUCTIONS, epoch));
        }
    }

    /** The means of p(x|z); of a conditional model, a row of one Z for each class. */
    private NDArray sampled(Pass pass) {
        if (trained.view().conditionClasses().isEmpty()) {
            return trained.model()
                    .generate(pass, List.of(), atMost(SAMPLED), Condition.none())
                    .mean();
        }
        int all = trained.view().conditionClasses().getAsInt();
        int shown = Math.max(1, atMost((long) all * COLUMNS) / COLUMNS);
        NDArray classes = pass.batch().eye(shown, all, 0, DataType.FLOAT32);
        NDArray means = trained.model()
                .generate(pass, List.of(), COLUMNS, Condition.given(classes))
                .mean();
        return means.swapAxes(0, 1);
    }

    /** Whether an epoch's pictures are there, if there are any to be. */
    boolean areDrawn(int epoch) {
        return !trained.view().summary().isImage()
                || (Files.exists(file(SAMPLES, epoch)) && Files.exists(file(RECONSTRUCTIONS, epoch)));
    }

    private Path file(String name, int epoch) {
        return folder.image(String.format(Locale.ROOT, "%s-epoch-%04d", name, epoch));
    }

    private int atMost(long images) {
        return Math.toIntExact(Math.max(
                1, Math.min(images, MOST_NUMBERS / trained.view().event().size())));
    }

    private Minibatch shown(NDManager scratch) {
        return test.range(
                scratch, 0, Math.min(atMost(RECONSTRUCTED), test.count()), random.noise(RandomStream.FIGURES, 1));
    }

    private ImageGrid grid(NDArray images) {
        return ImageGrid.of(images.toFloatArray(), trained.view().summary().event(), COLUMNS);
    }
}
