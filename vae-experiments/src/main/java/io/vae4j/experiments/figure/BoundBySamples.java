package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.WithoutGradient;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.Curve;
import io.vae4j.experiments.drawing.CurveChart;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.evaluation.LogWeights;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.models.LinearGaussianMarginal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The importance-weighted bound L_k against the number of samples k, which rises to log p(x). Of a linear-Gaussian
 * model the exact log p(x) is drawn as well.
 */
final class BoundBySamples implements Figure {

    private static final int EXAMPLES = 100;
    private static final int MOST = 5000;

    @Override
    public String name() {
        return "bound";
    }

    @Override
    public String summary() {
        return "The bound L_k against the number of samples k, with the exact log p(x) where it is known";
    }

    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(List<Subject> runs) {
        for (Subject run : runs) {
            Optional<String> reason = ImportanceWeighting.incompatibility(run);
            if (reason.isPresent()) {
                return reason.map(why -> run.name() + ": " + why);
            }
            if (!target(run).equals(target(runs.get(0)))) {
                return Optional.of("the bounds of " + runs.get(0).name() + " and " + run.name()
                        + " are of different things and have no common axis; take runs of one likelihood on the same"
                        + " data");
            }
        }
        return Optional.empty();
    }

    private static List<Object> target(Subject run) {
        return List.of(
                run.view().summary(),
                run.folder().manifest().latestData().map(DataRecord::content),
                run.view().values(),
                run.trained().card().likelihood());
    }

    @Override
    public Drawing draw(List<Subject> runs, FigureOptions options) {
        BoundCurves curves = new BoundCurves(options.samples().orElse(MOST));
        List<Curve> levels = new ArrayList<>();
        List<Curve> gains = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Subject run = runs.get(i);
            Measured measured = measured(run, curves, options);
            Pen pen = Pen.run(i);
            levels.add(curves.levels(run.name(), pen, measured.weights()));
            gains.add(curves.differences(run.name(), pen, measured.weights(), measured.first()));
            measured.exact().ifPresent(exact -> {
                Pen dashed = new Pen(pen.ink(), List.of(7f, 4f));
                String label = "log p(x) of " + run.name();
                levels.add(curves.constant(label, dashed, Mean.of(exact).value()));
                gains.add(curves.constant(
                        label,
                        dashed,
                        Mean.ofDifferences(exact, measured.first()).value()));
            });
            findings.add(measured.finding(run, curves.most()));
        }
        Axis k = Axis.logarithmic("number of samples k");
        CurveChart level = new CurveChart("The bound L_k", k, Axis.linear("nats per example"), levels);
        CurveChart gain = new CurveChart("L_k - L_1, example by example", k, Axis.linear("nats per example"), gains);
        return new Drawing(summary(), String.join(" ", findings), List.of(level, gain));
    }

    private static Measured measured(Subject run, BoundCurves curves, FigureOptions options) {
        List<Integer> places = ChosenExamples.of(run, options, EXAMPLES);
        LogWeights weights = LogWeights.draw(run.evaluator(), places, curves.pool(), options.seed());
        return new Measured(weights, exact(run, places, options.seed()));
    }

    private static Optional<double[]> exact(Subject run, List<Integer> places, long seed) {
        return WithoutGradient.compute(() -> {
            try (NDManager scratch = run.trained().newManager()) {
                NDArray x = ChosenExamples.batch(run, scratch, places, seed).x();
                return LinearGaussianMarginal.of(
                                run.trained().model(), run.trained().sampling(scratch, seed, 0))
                        .map(marginal -> marginal.logProb(x).toDoubleArray());
            }
        });
    }

    /** The weights of a run's examples, and the exact log p(x) of each where it is known. */
    private record Measured(LogWeights weights, Optional<double[]> exact) {

        double[] first() {
            return weights.bound(1);
        }

        String finding(Subject run, int most) {
            double[] last = weights.bound(most);
            Mean level = Mean.of(last);
            Mean gain = Mean.ofDifferences(last, first());
            String text = String.format(
                    Locale.ROOT,
                    "Of %s, L_%d is %.2f%s nats over %d examples (95 %%; +- %.2f by the samples alone), which is"
                            + " %.2f%s above L_1",
                    run.name(),
                    most,
                    level.value(),
                    BoundCurves.interval(level, 2),
                    last.length,
                    BoundCurves.halfWidth(weights.samplingError(most)),
                    gain.value(),
                    BoundCurves.interval(gain, 2));
            return text
                    + exact.map(values -> Mean.ofDifferences(values, last))
                            .map(gap -> String.format(
                                    Locale.ROOT,
                                    " and %.3f%s below the exact log p(x)",
                                    gap.value(),
                                    BoundCurves.interval(gap, 3)))
                            .orElse("")
                    + ImportanceWeighting.caution(run)
                    + ".";
        }
    }
}
