package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.Cloud;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.ScatterChart;
import io.vae4j.experiments.evaluation.LatentGaps;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Where a model with two latent dimensions puts the test examples, colored by class. An autoencoder leaves gaps between
 * its clusters; a VAE's KL draws them together, so that what lies between codes means something, too.
 */
final class LatentPlane implements RunFigure {

    private static final int SHOWN = 2000;

    @Override
    public String name() {
        return "latent-plane";
    }

    @Override
    public String summary() {
        return "The codes of test examples on the plane of two latent dimensions, colored by class";
    }

    @Override
    public Effort effort() {
        return Effort.QUICK;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return LatentShape.requireDimensions(run, 2);
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        int count = Math.min(options.examples().orElse(SHOWN), run.count());
        float[] codes;
        try (NDManager scratch = run.trained().newManager()) {
            Minibatch shown = run.examples(scratch, 0, count, options.seed());
            codes = run.trained().encode(shown.x(), shown.condition()).toFloatArray();
        }
        ScatterChart plane = new ScatterChart(
                run.name(),
                count + " codes, from " + extent(codes),
                Axis.linear("first latent dimension"),
                Axis.linear("second"),
                clouds(codes, run.test().labels()));
        String finding = String.format(
                Locale.ROOT,
                "The codes of %d test examples go from %s; where the middle 95 %% of them lie, %.0f %% of a grid"
                        + " of 20 x 20 cells are empty.",
                count,
                extent(codes),
                100 * LatentGaps.share(codes));
        return new Part(List.of(plane), finding);
    }

    private static String extent(float[] codes) {
        double[] ends = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int i = 0; i < codes.length; i++) {
            int axis = i % 2 * 2;
            ends[axis] = Math.min(ends[axis], codes[i]);
            ends[axis + 1] = Math.max(ends[axis + 1], codes[i]);
        }
        return String.format(Locale.ROOT, "%.3g to %.3g and from %.3g to %.3g", ends[0], ends[1], ends[2], ends[3]);
    }

    /** A color for each class; one for all where there are more classes than colors that can be told apart. */
    private static List<Cloud> clouds(float[] codes, Labels labels) {
        if (!(labels instanceof Labels.Classes known) || known.classNames().size() > Ink.MOST_CLASSES) {
            return List.of(new Cloud("", Ink.ofClass(0), points(codes, i -> true)));
        }
        List<Cloud> clouds = new ArrayList<>();
        for (int c = 0; c < known.classNames().size(); c++) {
            int chosen = c;
            clouds.add(
                    new Cloud(known.classNames().get(c), Ink.ofClass(c), points(codes, i -> known.of()[i] == chosen)));
        }
        return clouds;
    }

    private static List<Cloud.Point> points(float[] codes, IntPredicate which) {
        return IntStream.range(0, codes.length / 2)
                .filter(which)
                .mapToObj(i -> new Cloud.Point(codes[2 * i], codes[2 * i + 1]))
                .toList();
    }
}
