package io.vae4j.experiments.evaluation.disentanglement;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.evaluation.disentanglement.DisentanglementMetric.Score;
import io.vae4j.experiments.training.TrainedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every metric says of one representation, those of plugins included.
 *
 * @param outcomes one for each metric, ours first
 * @param examples how many there were
 * @param dimensions of a code
 * @param constant the names of factors that are known and do not differ between the examples, so that nothing is said
 *     of them
 */
public record Disentanglement(List<Outcome> outcomes, int examples, int dimensions, List<String> constant) {

    /** @throws InvalidInput if two metrics have a key in common */
    public Disentanglement {
        outcomes = List.copyOf(outcomes);
        constant = List.copyOf(constant);
        byKey(outcomes);
    }

    /** What came of a metric. */
    public sealed interface Outcome {

        /** What was asked. */
        DisentanglementMetric metric();
    }

    /** It applies. */
    public record Scored(DisentanglementMetric metric, List<Score> scores) implements Outcome {}

    /** It does not apply. */
    public record NotApplicable(DisentanglementMetric metric, String reason) implements Outcome {}

    /**
     * Measures a trained model.
     *
     * @param examples whose factors are known
     * @param seed of all that is drawn
     * @throws InvalidInput if the factors are not known, or if nothing can be measured on them
     */
    public static Disentanglement of(TrainedModel trained, Examples examples, long seed) {
        return of(EncodedExamples.of(trained, examples, seed), seed);
    }

    /** Measures codes, wherever they come from. */
    public static Disentanglement of(Representation representation, long seed) {
        List<Outcome> outcomes = Services.all(DisentanglementMetricProvider.class).stream()
                .flatMap(provider -> Services.ask(provider, DisentanglementMetricProvider::metrics).stream())
                .map(metric -> outcome(metric, representation, seed))
                .toList();
        return new Disentanglement(
                outcomes, representation.count(), representation.dimensions(), representation.constant());
    }

    private static Outcome outcome(DisentanglementMetric metric, Representation representation, long seed) {
        return metric.incompatibility(representation)
                .<Outcome>map(reason -> new NotApplicable(metric, reason))
                .orElseGet(() -> new Scored(metric, metric.scores(representation, seed)));
    }

    /** The figures by key, in order. */
    public Map<String, Double> scores() {
        return byKey(outcomes);
    }

    /** Why metrics that do not apply do not, by title, in order. */
    public Map<String, String> notApplicable() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof NotApplicable not) {
                reasons.put(not.metric().title(), not.reason());
            }
        }
        return reasons;
    }

    private static Map<String, Double> byKey(List<Outcome> outcomes) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Scored scored) {
                scored.scores().forEach(score -> put(scores, score, scored.metric()));
            }
        }
        return scores;
    }

    private static void put(Map<String, Double> scores, Score score, DisentanglementMetric from) {
        if (scores.putIfAbsent(score.key(), score.value()) != null) {
            throw new InvalidInput(
                    "there is already a score " + score.key(), from.getClass().getName(), "give it another key");
        }
    }
}
