package io.vae4j.experiments.figure;

import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.Curve;
import io.vae4j.experiments.drawing.CurveChart;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.evaluation.LogWeights;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.ScaledPosterior;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What it takes that L_k goes to log p(x): on a linear-Gaussian model with a known p(z|x), q(z|x) is made too wide, so
 * that the weights p(x,z) / q(z|x) are bounded, and too narrow, so that they are not. Burda et al. 2016, theorem 1.
 */
final class BoundedWeights implements StudyFigure {

    private static final int DIMENSIONS = 5;
    private static final int EXAMPLES = 200;
    private static final int MOST = 5000;
    private static final double[] FACTORS = {2, 1.3, 0.8, 0.5};

    @Override
    public String name() {
        return "bounded-weights";
    }

    @Override
    public String summary() {
        return "L_k against the exact log p(x), for a q(z|x) that is wider or narrower than p(z|x)";
    }

    @Override
    public Drawing draw(FigureOptions options) {
        BoundCurves curves = new BoundCurves(options.samples().orElse(MOST));
        ScaledPosterior study = new ScaledPosterior(DIMENSIONS, options.seed());
        List<Curve> gaps = new ArrayList<>();
        List<Curve> sizes = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < FACTORS.length; i++) {
            double factor = FACTORS[i];
            ScaledPosterior.Drawn drawn = study.draw(factor, options.examples().orElse(EXAMPLES), curves.pool());
            String label = "f = " + factor + (factor < 1 ? ", unbounded" : ", bounded");
            gaps.add(curves.differences(label, Pen.run(i), drawn.weights(), drawn.logLikelihood()));
            sizes.add(largest(label, Pen.run(i), drawn.weights()));
            Mean gap = Mean.ofDifferences(drawn.weights().bound(curves.most()), drawn.logLikelihood());
            findings.add(
                    String.format(Locale.ROOT, "%.4f%s at %.1f", gap.value(), BoundCurves.interval(gap, 4), factor));
        }
        gaps.add(curves.constant("exact", new Pen(Pen.TRAIN.ink(), List.of(7f, 4f)), 0));
        Axis k = Axis.logarithmic("number of samples k");
        return new Drawing(
                summary(),
                "L_" + curves.most() + " less the exact log p(x), by the factor f that makes q wider than p(z|x): "
                        + String.join(", ", findings)
                        + " nats (95 % over examples); narrow ones get there, too, but late, for the weights that carry"
                        + " the mean are rarely drawn.",
                List.of(
                        new CurveChart("L_k - log p(x)", k, Axis.linear("nats per example"), gaps),
                        new CurveChart(
                                "The largest of " + curves.pool() + " weights",
                                Axis.logarithmic("examples, from the largest share on"),
                                Axis.linear("its share of their sum"),
                                sizes)));
    }

    /** The share of the largest weight in each example, from the largest share down; of many, some. */
    private static Curve largest(String label, Pen pen, LogWeights weights) {
        double[] rising = IntStream.range(0, weights.examples())
                .mapToDouble(i -> weights.normalized(i)[0])
                .sorted()
                .toArray();
        List<Curve.Point> points = BoundCurves.steps(rising.length).stream()
                .map(rank -> new Curve.Point(rank, rising[rising.length - rank]))
                .toList();
        return new Curve(label, pen, points);
    }
}
