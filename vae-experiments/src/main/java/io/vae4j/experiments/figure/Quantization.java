package io.vae4j.experiments.figure;

import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.Cloud;
import io.vae4j.experiments.drawing.Curve;
import io.vae4j.experiments.drawing.CurveChart;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.drawing.ScatterChart;
import io.vae4j.experiments.evaluation.IdentityVqVae;
import io.vae4j.experiments.evaluation.Lloyd;
import io.vae4j.experiments.evaluation.Lloyd.Clustering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Vector quantization without networks is k-means: a VQ-VAE of identity networks and Lloyd's algorithm from the same
 * start, on points of eight Gaussian clusters on a circle.
 */
final class Quantization implements StudyFigure {

    private static final int CLUSTERS = 8;
    private static final int POINTS = 800;
    private static final int STEPS = 12;
    private static final double DEVIATION = 0.25;
    private static final double RADIUS = 2;

    @Override
    public String name() {
        return "quantization";
    }

    @Override
    public String summary() {
        return "A VQ-VAE of identity networks beside k-means from the same start";
    }

    @Override
    public Drawing draw(FigureOptions options) {
        double[][] points = points(options.examples().orElse(POINTS), options.seed());
        // points in their order are of any cluster, so that some clusters start with two codes and some with none
        double[][] start = Arrays.copyOf(points, Math.min(CLUSTERS, points.length));
        List<Clustering> learned = IdentityVqVae.course(points, start, STEPS);
        List<Clustering> means = Lloyd.from(points, start, STEPS);
        CurveChart inertia = new CurveChart(
                "Sum of squared distances",
                Axis.linear("steps"),
                Axis.linear(""),
                List.of(
                        curve("VQ-VAE", Pen.run(0), learned),
                        curve("k-means", new Pen(Ink.RUN1, List.of(7f, 4f)), means)));
        double difference = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(
                        i -> Math.abs(learned.get(i).inertia() - means.get(i).inertia()))
                .max()
                .orElse(0);
        Clustering last = learned.get(STEPS);
        return new Drawing(
                summary(),
                String.format(
                        Locale.ROOT,
                        "Decay 0 and the whole set in each batch: from %.2f to %.2f in %d steps, at each of which the two"
                                + " differ by less than %.1e.",
                        learned.get(0).inertia(),
                        last.inertia(),
                        STEPS,
                        difference + 1e-12),
                List.of(
                        inertia,
                        plane("Codes of the VQ-VAE", points, last),
                        plane("Centers of k-means", points, means.get(STEPS))));
    }

    private static double[][] points(int count, long seed) {
        Random random = new Random(seed);
        double[][] points = new double[count][];
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * random.nextInt(CLUSTERS) / CLUSTERS;
            points[i] = new double[] {
                RADIUS * StrictMath.cos(angle) + DEVIATION * random.nextGaussian(),
                RADIUS * StrictMath.sin(angle) + DEVIATION * random.nextGaussian()
            };
        }
        return points;
    }

    private static Curve curve(String label, Pen pen, List<Clustering> course) {
        return new Curve(
                label,
                pen,
                IntStream.range(0, course.size())
                        .mapToObj(i -> new Curve.Point(i, course.get(i).inertia()))
                        .toList());
    }

    /** The points in the color of their code, and the codes upon them. */
    private static ScatterChart plane(String title, double[][] points, Clustering clustering) {
        List<Cloud> clouds = new ArrayList<>();
        for (int c = 0; c < clustering.centers().length; c++) {
            int code = c;
            clouds.add(new Cloud(
                    "",
                    Ink.ofClass(c),
                    Arrays.stream(points)
                            .filter(point -> Lloyd.nearest(point, clustering.centers()) == code)
                            .map(point -> new Cloud.Point(point[0], point[1]))
                            .toList()));
        }
        clouds.add(new Cloud(
                "codes",
                Ink.INK,
                Arrays.stream(clustering.centers())
                        .map(center -> new Cloud.Point(center[0], center[1]))
                        .toList()));
        return new ScatterChart(
                title,
                points.length + " points and " + (clouds.size() - 1) + " codes",
                Axis.linear("x1"),
                Axis.linear("x2"),
                clouds);
    }
}
