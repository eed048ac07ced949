package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.drawing.Panel;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What each layer of a deep model decides: of a test example's latents those above layer l are kept, and h_l is drawn
 * anew from p(h_l|h_l+1), with those below it. What still varies between the images of a row is what was not decided
 * above.
 */
final class LayerResampling implements RunFigure {

    private static final int EXAMPLES = 3;
    private static final int SAMPLES = 8;

    @Override
    public String name() {
        return "layers";
    }

    @Override
    public String summary() {
        return "What each layer of a deep model decides: the layers above are kept, the rest is drawn anew";
    }

    @Override
    public Effort effort() {
        return Effort.QUICK;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return RunRequirements.images(run).or(() -> RunRequirements.severalLayers(run));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        List<Panel> panels = new ArrayList<>();
        List<double[]> deviations = new ArrayList<>();
        for (int place : ChosenExamples.of(run, options, EXAMPLES)) {
            ImageRows rows = new ImageRows(run.view().summary().event());
            deviations.add(resample(run, place, options, rows));
            panels.add(rows.panel(
                    run.name() + ": test example " + place,
                    "the example, its reconstruction, and draws with the layers above kept",
                    List.of("x", "mean")));
        }
        return new Part(panels, finding(deviations));
    }

    /**
     * Adds a row for each layer from the top.
     *
     * @return the deviation of pixels in each row
     */
    private static double[] resample(Subject run, int place, FigureOptions options, ImageRows rows) {
        try (NDManager scratch = run.trained().newManager()) {
            Minibatch example = ChosenExamples.batch(run, scratch, List.of(place), options.seed());
            LatentCodec codec = new LatentCodec(run.trained());
            List<NDArray> fromTop = codec.encode(example);
            int layers = fromTop.size();
            int samples = options.samples().orElse(SAMPLES);
            float[] mean = codec.decode(scratch, fromTop, 1, example.condition(), options.seed())
                    .toFloatArray();
            double[] deviations = new double[layers];
            for (int kept = 0; kept < layers; kept++) {
                List<NDArray> above = fromTop.subList(0, kept).stream()
                        .map(latent -> latent.repeat(0, samples))
                        .toList();
                NDArray drawn = codec.decode(scratch, above, samples, example.condition(), options.seed());
                deviations[kept] = deviation(drawn);
                rows.add(named(layers - kept), example.x().toFloatArray(), mean, drawn.toFloatArray());
            }
            return deviations;
        }
    }

    /** From the top: the root mean square deviation of pixels from their mean over the draws, [n, 1, ...X]. */
    private static double deviation(NDArray drawn) {
        NDArray fromMean = drawn.sub(drawn.mean(new int[] {0}, true));
        return Math.sqrt(fromMean.square().mean().getFloat());
    }

    private static String named(int layer) {
        return layer == 1 ? "h1" : "h" + layer + " and below";
    }

    private static String finding(List<double[]> deviations) {
        int layers = deviations.get(0).length;
        StringBuilder text = new StringBuilder("Pixels deviate between draws (root mean square)");
        for (int kept = 0; kept < layers; kept++) {
            int row = kept;
            double mean =
                    deviations.stream().mapToDouble(each -> each[row]).average().orElseThrow();
            text.append(String.format(
                    Locale.ROOT,
                    "%s by %.3f where %s is drawn anew",
                    kept == 0 ? "" : ",",
                    mean,
                    named(layers - kept)));
        }
        return text.append('.').toString();
    }
}
