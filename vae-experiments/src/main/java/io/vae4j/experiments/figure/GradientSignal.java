package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.Curve;
import io.vae4j.experiments.drawing.CurveChart;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.gradients.Contender;
import io.vae4j.experiments.evaluation.gradients.GradientStudy;
import io.vae4j.experiments.evaluation.gradients.Group;
import io.vae4j.experiments.evaluation.gradients.Quality;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What k samples do for the gradient: the signal-to-noise ratio of the VAE's mean over k samples, of the gradient of
 * L_k and of DReG, for the encoder and for the decoder. Rainforth et al. 2018, theorem 1,
 * https://arxiv.org/abs/1802.04537: for the encoder the ratio of L_k falls as 1/sqrt(k), where that of a mean grows as
 * sqrt(k).
 */
final class GradientSignal implements RunFigure {

    private static final List<Integer> COUNTS = List.of(1, 5, 10, 50);
    private static final int EXAMPLES = 16;

    /** Studies that share no noise, by whose differences the error of a ratio is known. */
    private static final int STUDIES = 4;

    private static final int REPEATS = 50;
    private static final List<String> GRADIENTS =
            List.of(Contender.MEAN, Contender.IMPORTANCE_WEIGHTED, Contender.DOUBLY_REPARAMETERIZED);

    @Override
    public String name() {
        return "signal";
    }

    @Override
    public String summary() {
        return "Signal-to-noise ratio of gradients against k: VAE with k samples, L_k, and L_k by DReG";
    }

    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return ImportanceWeighting.incompatibility(run)
                .or(() -> run.trained().card().density() == Density.ANYWHERE
                        ? Optional.empty()
                        : Optional.of("DReG needs log q(z|x) at any z, and this posterior has it at its own samples"
                                + " only; take a run with Gaussian posteriors, such as vae"));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        List<List<Quality>> studies = IntStream.range(0, STUDIES)
                .mapToObj(study -> measured(run, options, study))
                .toList();
        List<CurveChart> panels = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (Group group : Group.values()) {
            String part = group.name().toLowerCase(Locale.ROOT);
            List<Curve> curves = IntStream.range(0, GRADIENTS.size())
                    .mapToObj(i -> curve(studies, group, GRADIENTS.get(i), Pen.run(i)))
                    .toList();
            panels.add(new CurveChart(
                    run.name() + ": gradient of the " + part,
                    Axis.logarithmic("number of samples k"),
                    Axis.logarithmic("signal-to-noise ratio"),
                    curves));
            findings.add("of the " + part + " " + String.join(", ", courses(curves)));
        }
        return new Part(
                panels,
                "The length of the mean gradient by the standard deviation of one, from k = 1 to "
                        + COUNTS.get(COUNTS.size() - 1) + ": " + String.join("; ", findings) + " (" + STUDIES + " x "
                        + REPEATS + " gradients of " + count(run, options)
                        + " examples; bars are two standard errors).");
    }

    private static int count(Subject run, FigureOptions options) {
        return Math.min(options.examples().orElse(EXAMPLES), run.count());
    }

    private static List<Quality> measured(Subject run, FigureOptions options, int study) {
        int count = count(run, options);
        Function<NDManager, Minibatch> examples = owner -> run.examples(owner, 0, count, options.seed());
        GradientStudy gradients = new GradientStudy(run.trained(), examples, options.seed() + study, REPEATS);
        return COUNTS.stream().flatMap(k -> gradients.measureBounds(k).stream()).toList();
    }

    /** What no study could tell from zero is left out: it has no place on a logarithmic axis. */
    private static Curve curve(List<List<Quality>> studies, Group group, String gradient, Pen pen) {
        List<Curve.Point> points = new ArrayList<>();
        for (int k : COUNTS) {
            Mean ratio = Mean.of(studies.stream()
                    .flatMap(List::stream)
                    .filter(row -> row.samples() == k
                            && row.group() == group
                            && row.estimator().equals(gradient))
                    .mapToDouble(Quality::signalToNoise)
                    .toArray());
            if (ratio.value() > 0) {
                double error = 2 * ratio.standardError();
                double low = Math.max(ratio.value() - error, ratio.value() / 10);
                points.add(new Curve.Point(k, ratio.value(), low, ratio.value() + error));
            }
        }
        return new Curve(gradient, pen, points);
    }

    private static List<String> courses(List<Curve> curves) {
        return curves.stream()
                .filter(curve -> !curve.points().isEmpty())
                .map(curve -> String.format(
                        Locale.ROOT,
                        "%.3g to %.3g (%s)",
                        curve.points().get(0).y(),
                        curve.points().get(curve.points().size() - 1).y(),
                        curve.label()))
                .toList();
    }
}
