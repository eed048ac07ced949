package io.vae4j.experiments.evaluation;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The evaluations of this project and of plugins. */
public final class Evaluations {

    private Evaluations() {}

    /**
     * All of them, ours first.
     *
     * @throws InvalidInput if two have one name, or a name could not be asked for
     */
    public static List<Evaluation> all() {
        Map<String, Evaluation> all = new LinkedHashMap<>();
        for (EvaluationProvider provider : Services.all(EvaluationProvider.class)) {
            String from = provider.getClass().getName();
            for (Evaluation evaluation : Services.ask(provider, EvaluationProvider::evaluations)) {
                add(all, evaluation, from);
            }
        }
        return List.copyOf(all.values());
    }

    private static void add(Map<String, Evaluation> all, Evaluation evaluation, String from) {
        String name = evaluation.name();
        if (!name.matches("[a-z][a-z0-9-]*") || name.equals(EvaluationPlan.ALL)) {
            throw new InvalidInput(
                    "an evaluation is called '" + name + "'", from, "use lower-case letters, digits and hyphens");
        }
        if (all.putIfAbsent(name, evaluation) != null) {
            throw new InvalidInput("there is already an evaluation " + name, from, "give it another name");
        }
    }

    static Set<String> names(Collection<Evaluation> evaluations) {
        Map<String, Evaluation> names = new LinkedHashMap<>();
        evaluations.forEach(evaluation -> names.put(evaluation.name(), evaluation));
        return names.keySet();
    }
}
