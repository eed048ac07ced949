package io.vae4j.experiments.figure;

import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.BarChart;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.evaluation.LogWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The normalized importance weights {@code w~_i = w_i / sum_j w_j} of single examples, the largest first: where one
 * carries nearly all of the sum, more samples help little. Burda et al. 2016, eq. 14.
 */
final class LargestWeights implements RunFigure {

    private static final int EXAMPLES = 6;
    private static final int SAMPLES = 50;
    private static final int SHOWN = 50;

    @Override
    public String name() {
        return "weights";
    }

    @Override
    public String summary() {
        return "Normalized importance weights of single examples, the largest first";
    }

    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return ImportanceWeighting.incompatibility(run);
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        List<Integer> places = ChosenExamples.of(run, options, EXAMPLES);
        int samples = options.samples().orElse(SAMPLES);
        LogWeights weights = LogWeights.draw(run.evaluator(), places, samples, options.seed());
        List<BarChart> panels = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            panels.add(new BarChart(
                    String.format(
                            Locale.ROOT,
                            "%s, example %d: effective size %.1f of %d",
                            run.name(),
                            places.get(i),
                            weights.effectiveSampleSize(i),
                            samples),
                    Axis.linear("share of the sum"),
                    Ink.RUN0,
                    bars(weights.normalized(i))));
        }
        return new Part(panels, finding(weights, samples) + ImportanceWeighting.caution(run) + ".");
    }

    private static List<BarChart.Bar> bars(double[] weights) {
        return IntStream.range(0, Math.min(SHOWN, weights.length))
                .mapToObj(i -> new BarChart.Bar(Integer.toString(i + 1), weights[i]))
                .toList();
    }

    private static String finding(LogWeights weights, int samples) {
        double[] largest = IntStream.range(0, weights.examples())
                .mapToDouble(i -> weights.normalized(i)[0])
                .sorted()
                .toArray();
        double[] sizes = IntStream.range(0, weights.examples())
                .mapToDouble(weights::effectiveSampleSize)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "Of %d samples, the largest weight has %.0f to %.0f %% of the sum, and the effective sample size goes"
                        + " from %.1f to %.1f",
                samples,
                100 * largest[0],
                100 * largest[largest.length - 1],
                sizes[0],
                sizes[sizes.length - 1]);
    }
}
