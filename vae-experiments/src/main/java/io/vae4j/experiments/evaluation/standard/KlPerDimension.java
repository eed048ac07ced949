package io.vae4j.experiments.evaluation.standard;

import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.LayerStatistics;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.Metric.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How many nats each latent dimension carries: the KL of its posterior from its prior, the mean over the examples. The
 * sum over the dimensions is the layer's KL.
 */
final class KlPerDimension implements Evaluation {

    /** Nats below which a dimension says next to nothing. */
    private static final double CARRIES = 0.01;

    @Override
    public String name() {
        return "kl-per-dimension";
    }

    @Override
    public String title() {
        return "KL of each latent dimension";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ALWAYS;
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        return layers(subject).stream().allMatch(layer -> layer.klPerDimension().isEmpty())
                ? Optional.of("the KL has no closed form that is a sum over dimensions")
                : Optional.empty();
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        Findings found = Findings.of(title());
        List<LayerStatistics> layers = layers(subject);
        for (int i = 0; i < layers.size(); i++) {
            Optional<double[]> kl = layers.get(i).klPerDimension();
            int number = i + 1;
            found = kl.isPresent()
                    ? of(found, number, kl.get())
                    : found.with(Optional.of("the KL of layer " + number + " is no closed sum over dimensions"));
        }
        return found;
    }

    private static Findings of(Findings found, int layer, double[] kl) {
        long carrying = Arrays.stream(kl).filter(nats -> nats > CARRIES).count();
        String of = "layer " + layer + ", " + kl.length + " dimensions";
        return found.with(
                        "layer_" + layer + "_carrying",
                        Finding.of("Dimensions whose KL is above 0.01 nats, " + of, (double) carrying, Unit.NUMBER))
                .with(
                        "layer_" + layer + "_largest",
                        Finding.nats(
                                "Largest KL of a dimension, layer " + layer,
                                Arrays.stream(kl).max().orElse(Double.NaN)))
                .with("layer_" + layer, Arrays.stream(kl).boxed().toList());
    }

    private static List<LayerStatistics> layers(EvaluationSubject subject) {
        return subject.likelihood().layers();
    }
}
