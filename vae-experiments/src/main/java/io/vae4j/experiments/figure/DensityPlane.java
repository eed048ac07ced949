package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Normalization;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.Cloud;
import io.vae4j.experiments.drawing.HeatMap;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.ScatterChart;
import io.vae4j.experiments.evaluation.FittedGaussian;
import io.vae4j.experiments.evaluation.MarginalDensity;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A density p(x) over the plane that is complex though p(z) and p(x|z) are Gaussian: the data, samples, and log p(x) as
 * a map.
 */
final class DensityPlane implements RunFigure {

    private static final int POINTS = 1000;
    private static final int SAMPLES = 2000;
    private static final int CELLS = 60;

    /** Of the map's range, nats: below the largest value by more, all is equally dark. */
    private static final double RANGE = 10;

    @Override
    public String name() {
        return "density";
    }

    @Override
    public String summary() {
        return "A density over the plane: data, samples, and log p(x) by importance sampling";
    }

    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        Shape event = run.view().event();
        if (event.size() != 2) {
            return Optional.of("a density over the plane needs examples of two numbers, and these have shape " + event
                    + "; train on some that have, such as the data set toy");
        }
        if (run.view().conditionClasses().isPresent()
                || run.trained().card().normalization() != Normalization.DENSITY) {
            return Optional.of("this model has no density p(x) over the plane; train one without a condition and with a"
                    + " Gaussian likelihood");
        }
        return ImportanceWeighting.incompatibility(run);
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        int count = Math.min(options.examples().orElse(POINTS), run.count());
        float[] data;
        float[] drawn;
        try (NDManager scratch = run.trained().newManager()) {
            data = run.examples(scratch, 0, count, options.seed()).x().toFloatArray();
            drawn = new Samples(run.trained(), options.seed(), Optional.empty())
                    .draw(scratch, count)
                    .samples()
                    .toFloatArray();
        }
        HeatMap.Span x = span(data, 0);
        HeatMap.Span y = span(data, 1);
        int samples = options.samples().orElse(SAMPLES);
        MarginalDensity density = new MarginalDensity(run.trained(), samples, options.seed());
        double[][] map = map(density, x, y);
        return new Part(
                List.of(
                        scatter(run.name() + ": data", data, x, y),
                        scatter(run.name() + ": samples", drawn, x, y),
                        new HeatMap(
                                run.name() + ": log p(x)",
                                "log p(x), the brighter the larger, over " + RANGE + " nats",
                                x,
                                y,
                                clipped(map),
                                List.of())),
                finding(density, map, data, cell(x) * cell(y)));
    }

    private static String finding(MarginalDensity density, double[][] map, float[] data, double cell) {
        double[][] points = new double[data.length / 2][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {data[2 * i], data[2 * i + 1]};
        }
        double mass = Arrays.stream(map)
                .flatMapToDouble(Arrays::stream)
                .map(Math::exp)
                .sum();
        double one = FittedGaussian.meanLogDensity(points);
        String gaussian =
                Double.isFinite(one) ? String.format(Locale.ROOT, "; that of one fitted Gaussian is %.2f", one) : "";
        return String.format(
                Locale.ROOT,
                "Every factor is Gaussian. The mean log p(x) of the data shown is %.2f nats%s. p(x) integrates to %.3f"
                        + " over the map, whose colors span %.0f nats.",
                Mean.of(density.log(points)).value(),
                gaussian,
                mass * cell,
                RANGE);
    }

    /** The range of the data, with some room. */
    private static HeatMap.Span span(float[] points, int axis) {
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (int i = axis; i < points.length; i += 2) {
            least = Math.min(least, points[i]);
            most = Math.max(most, points[i]);
        }
        double room = Math.max(0.15 * (most - least), 1e-3);
        return new HeatMap.Span("x" + (axis + 1), least - room, most + room);
    }

    private static double cell(HeatMap.Span span) {
        return (span.to() - span.from()) / CELLS;
    }

    private static double[][] map(MarginalDensity density, HeatMap.Span x, HeatMap.Span y) {
        double[][] middles = new double[CELLS * CELLS][];
        for (int i = 0; i < middles.length; i++) {
            int row = i / CELLS;
            middles[i] = new double[] {x.from() + (i % CELLS + 0.5) * cell(x), y.from() + (row + 0.5) * cell(y)};
        }
        double[] logs = density.log(middles);
        double[][] map = new double[CELLS][];
        for (int row = 0; row < CELLS; row++) {
            map[row] = Arrays.copyOfRange(logs, row * CELLS, (row + 1) * CELLS);
        }
        return map;
    }

    private static double[][] clipped(double[][] map) {
        double largest =
                Arrays.stream(map).flatMapToDouble(Arrays::stream).max().orElse(0);
        return Arrays.stream(map)
                .map(row -> Arrays.stream(row)
                        .map(value -> Math.max(value, largest - RANGE))
                        .toArray())
                .toArray(double[][]::new);
    }

    /** The points within the map. */
    private static ScatterChart scatter(String title, float[] points, HeatMap.Span x, HeatMap.Span y) {
        List<Cloud.Point> within = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            if (points[i] > x.from() && points[i] < x.to() && points[i + 1] > y.from() && points[i + 1] < y.to()) {
                within.add(new Cloud.Point(points[i], points[i + 1]));
            }
        }
        String description = within.size() + " of " + points.length / 2 + " points, which lie on the map";
        return new ScatterChart(
                title,
                description,
                Axis.linear(x.label()),
                Axis.linear(y.label()),
                List.of(new Cloud("", Ink.RUN0, within)));
    }
}
