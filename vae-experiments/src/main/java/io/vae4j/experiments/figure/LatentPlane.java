package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.Cloud;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.ScatterChart;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        return new Part(List.of(plane), "The codes of " + count + " test examples go from " + extent(codes) + ".");
    }

    private static String extent(float[] codes) {
        double[] ends = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int i = 0; i < codes.length; i++) {
            int axis = i % 2 * 2;
            ends[axis] = Math.min(ends[axis], codes[i]);
            ends[axis + 1] = Math.max(ends[axis + 1], codes[i]);
        }
        return String.format(Locale.ROOT, "%.1f to %.1f and from %.1f to %.1f", ends[0], ends[1], ends[2], ends[3]);
    }

    private static List<Cloud> clouds(float[] codes, Labels labels) {
        List<String> names = labels instanceof Labels.Classes known ? known.classNames() : List.of("");
        List<Cloud> clouds = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            List<Cloud.Point> points = new ArrayList<>();
            for (int i = 0; i < codes.length / 2; i++) {
                if (!(labels instanceof Labels.Classes known) || known.of()[i] == c) {
                    points.add(new Cloud.Point(codes[2 * i], codes[2 * i + 1]));
                }
            }
            clouds.add(new Cloud(names.get(c), Ink.ofClass(c), points));
        }
        return clouds;
    }
}
