package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.BarChart;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.Panel;
import io.vae4j.experiments.evaluation.CodeFrequencies;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Images as a model with discrete latents stores them: the grid of codes as colors, one for each code, between the
 * input and what is decoded from the codes; and how often each code is used. Van den Oord et al. 2017,
 * https://arxiv.org/abs/1711.00937
 */
final class CodeMaps implements RunFigure {

    private static final int EXAMPLES = 10;
    private static final int COUNTED = 1000;

    @Override
    public String name() {
        return "codes";
    }

    @Override
    public String summary() {
        return "The codes of test images as colors, between input and reconstruction, and how often each is used";
    }

    @Override
    public Effort effort() {
        return Effort.QUICK;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return RunRequirements.images(run).or(() -> RunRequirements.codes(run));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        List<Panel> panels = new ArrayList<>(List.of(maps(run, options)));
        int counted = Math.min(COUNTED, run.count());
        List<CodeFrequencies> uses = CodeFrequencies.of(run.evaluator(), counted, options.seed());
        List<String> findings = new ArrayList<>();
        for (int layer = 0; layer < uses.size(); layer++) {
            String named = uses.size() == 1 ? "" : " of layer " + (layer + 1);
            panels.add(chart(run, uses.get(layer), named));
            findings.add(finding(uses.get(layer), named));
        }
        return new Part(panels, "In " + counted + " test images " + String.join(", and ", findings) + ".");
    }

    private static Panel maps(Subject run, FigureOptions options) {
        Shape event = run.view().summary().event();
        ImageRows rows = new ImageRows(new Shape(3, event.get(1), event.get(2)));
        try (NDManager scratch = run.trained().newManager()) {
            List<Integer> places = ChosenExamples.of(run, options, EXAMPLES);
            Minibatch shown = ChosenExamples.batch(run, scratch, places, options.seed());
            rows.add("input", CodeColors.colored(shown.x().toFloatArray(), event));
            List<StochasticLayer> layers = new LatentCodec(run.trained()).layers(shown);
            for (int layer = 0; layer < layers.size(); layer++) {
                String name = layers.size() == 1 ? "codes" : "codes " + (layer + 1);
                codes(layers.get(layer)).ifPresent(grid -> rows.add(name, CodeColors.maps(grid, event)));
            }
            NDArray means = run.trained().reconstruct(shown.x(), shown.condition());
            rows.add("decoded", CodeColors.colored(means.toFloatArray(), event));
        }
        return rows.panel(run.name() + ": test images as codes", "a color for each code", List.of());
    }

    private static Optional<NDArray> codes(StochasticLayer layer) {
        return layer.inference().sample().codes();
    }

    private static BarChart chart(Subject run, CodeFrequencies use, String layer) {
        List<BarChart.Bar> bars = use.shares().entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(share -> new BarChart.Bar(Integer.toString(share.getKey()), share.getValue()))
                .toList();
        return new BarChart(
                run.name() + ": use of the codes" + layer, Axis.linear("share of all positions"), Ink.RUN0, bars);
    }

    private static String finding(CodeFrequencies use, String layer) {
        return String.format(
                Locale.ROOT,
                "%d codes%s are used, with a perplexity of %.1f",
                use.shares().size(),
                layer,
                use.perplexity());
    }
}
