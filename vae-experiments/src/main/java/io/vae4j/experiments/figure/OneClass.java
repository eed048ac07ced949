package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.drawing.ImageGrid;
import io.vae4j.experiments.drawing.ImagePanel;
import io.vae4j.experiments.evaluation.LatentCodec;
import java.util.List;
import java.util.Optional;

/** Samples of a conditional model that is given one class: only a 2, for instance. */
final class OneClass implements RunFigure {

    private static final int SAMPLES = 64;
    private static final int COLUMNS = 8;

    @Override
    public String name() {
        return "one-class";
    }

    @Override
    public String summary() {
        return "Samples of a conditional model given one class, such as only a 2";
    }

    /** What it shows is a row of the grid of all classes, which reports have. */
    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return RunRequirements.images(run).or(() -> RunRequirements.condition(run));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        GivenClass given = GivenClass.of(run, options);
        int samples = options.samples().orElse(SAMPLES);
        try (NDManager scratch = run.trained().newManager()) {
            float[] means = new LatentCodec(run.trained())
                    .decode(scratch, List.of(), samples, given.condition(scratch), options.seed())
                    .toFloatArray();
            String finding = "These are the means of " + samples + " samples, all"
                    + given.inWords().substring(1) + ".";
            ImageGrid grid = ImageGrid.of(means, run.view().summary().event(), COLUMNS);
            return new Part(
                    List.of(new ImagePanel(run.name() + ": samples" + given.inWords(), finding, grid)), finding);
        }
    }
}
