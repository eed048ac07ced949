package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.evaluation.LatentCodec;
import java.util.List;
import java.util.Optional;

/**
 * What a conditional model makes of the class and what of z: a row for each class, and in a column the same noise,
 * which under the prior N(0, I) is the same z. Sohn et al. 2015; Kingma et al. 2014, figure 1
 */
final class ConditionGrid implements RunFigure {

    private static final int COLUMNS = 10;
    private static final int MOST_CLASSES = 20;

    @Override
    public String name() {
        return "condition-grid";
    }

    @Override
    public String summary() {
        return "Samples of a conditional model: a row for each class, the same z in a column";
    }

    @Override
    public Effort effort() {
        return Effort.QUICK;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return RunRequirements.images(run).or(() -> RunRequirements.condition(run));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        List<String> classes = run.view().summary().classes();
        int shown = Math.min(MOST_CLASSES, classes.size());
        int columns = options.samples().orElse(COLUMNS);
        ImageRows rows = new ImageRows(run.view().summary().event());
        for (int c = 0; c < shown; c++) {
            try (NDManager scratch = run.trained().newManager()) {
                // the same seed for each class: the same noise
                rows.add(
                        classes.get(c),
                        new LatentCodec(run.trained())
                                .decode(
                                        scratch,
                                        List.of(),
                                        columns,
                                        GivenClass.oneHot(scratch, c, classes.size()),
                                        options.seed())
                                .toFloatArray());
            }
        }
        String finding = "The rows are " + shown + " of " + classes.size() + " classes, the columns " + columns
                + " draws of z from the prior, each decoded with every class.";
        return new Part(List.of(rows.panel(run.name() + ": one z in a column", finding, List.of())), finding);
    }
}
