package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.BarChart;
import io.vae4j.experiments.drawing.Curve;
import io.vae4j.experiments.drawing.CurveChart;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.evaluation.LocalInference;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.models.Vae;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One encoder for all examples against variational parameters of each example's own: the ELBO before and after q is
 * refined, and log p(x). Cremer et al. 2018, section 3, https://arxiv.org/abs/1801.03558
 */
final class AmortizationGap implements RunFigure {

    private static final int EXAMPLES = 20;

    @Override
    public String name() {
        return "amortization";
    }

    @Override
    public String summary() {
        return "The ELBO by the encoder and by a q(z|x) of each example's own, beside log p(x)";
    }

    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return ImportanceWeighting.incompatibility(run).or(() -> LocalInference.incompatibility(run.trained()));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        LocalInference.Bounds bounds = refined(run, options);
        double[] encoder = difference(bounds.logLikelihood(), bounds.amortized());
        double[] own = difference(bounds.logLikelihood(), bounds.refined());
        List<Integer> order = IntStream.range(0, encoder.length)
                .boxed()
                .sorted(Comparator.comparing(i -> -encoder[i]))
                .toList();
        CurveChart each = new CurveChart(
                run.name() + ": log p(x) - ELBO of each example",
                Axis.linear("examples, from the largest gap on"),
                Axis.linear("nats"),
                List.of(
                        curve("q by the encoder", Pen.run(0), order, encoder),
                        curve("q of its own", Pen.run(1), order, own)));
        Mean amortization = Mean.ofDifferences(bounds.refined(), bounds.amortized());
        Mean approximation = Mean.of(own);
        BarChart means = new BarChart(
                run.name() + ": the mean gap and its two parts",
                Axis.linear("nats per example"),
                Ink.RUN0,
                List.of(
                        new BarChart.Bar("whole", Mean.of(encoder).value()),
                        new BarChart.Bar("amortization", amortization.value()),
                        new BarChart.Bar("approximation", approximation.value())));
        return new Part(
                List.of(each, means),
                finding(encoder.length, amortization, approximation) + ImportanceWeighting.caution(run) + ".");
    }

    private static LocalInference.Bounds refined(Subject run, FigureOptions options) {
        LocalInference.Settings usual = new LocalInference.Settings();
        LocalInference.Settings settings = new LocalInference.Settings(
                usual.steps(),
                usual.samples(),
                usual.learningRate(),
                options.samples().orElse(usual.measured()));
        List<Integer> places = ChosenExamples.of(run, options, EXAMPLES);
        try (NDManager owner = run.trained().newManager()) {
            Minibatch examples = ChosenExamples.batch(run, owner, places, options.seed());
            Vae model = (Vae) run.trained().model();
            return new LocalInference(owner, model, settings, options.seed()).refine(examples);
        }
    }

    private static String finding(int examples, Mean amortization, Mean approximation) {
        return String.format(
                Locale.ROOT,
                "Over %d examples a q of its own gains %.2f +- %.2f nats on the encoder's (the amortization gap, 95 %%),"
                        + " and %.2f +- %.2f are left to log p(x) by importance samples (the approximation gap)",
                examples,
                amortization.value(),
                BoundCurves.halfWidth(amortization),
                approximation.value(),
                BoundCurves.halfWidth(approximation));
    }

    private static Curve curve(String label, Pen pen, List<Integer> order, double[] values) {
        return new Curve(
                label,
                pen,
                IntStream.range(0, order.size())
                        .mapToObj(rank -> new Curve.Point(rank + 1, values[order.get(rank)]))
                        .toList());
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }
}
