package io.vae4j.experiments.evaluation;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Nearest;
import io.vae4j.experiments.evaluation.Evaluation.Occasion;
import io.vae4j.experiments.run.Findings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which evaluations are to be measured, and how: made before the first run is looked at, so that a misspelt name costs
 * no minutes.
 */
public final class EvaluationPlan {

    /** Asks for every evaluation. */
    public static final String ALL = "all";

    private final Map<Evaluation, Settings> chosen = new LinkedHashMap<>();
    private final Set<String> asked;

    private EvaluationPlan(Set<String> asked) {
        this.asked = asked;
    }

    /**
     * The evaluations that are always measured, and those that are asked for.
     *
     * @param evaluations those to choose from
     * @param asked names, or {@link #ALL}
     * @param settings values by {@code name.setting}
     * @throws InvalidInput if there is no such evaluation or setting, or a setting's evaluation is not measured
     */
    public static EvaluationPlan of(List<Evaluation> evaluations, Set<String> asked, Map<String, String> settings) {
        Set<String> names = Evaluations.names(evaluations);
        asked.stream()
                .filter(name -> !name.equals(ALL) && !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidInput(
                            "there is no evaluation " + name,
                            "--with",
                            Nearest.hint(name, names) + "choose from " + String.join(", ", names) + ", or " + ALL);
                });
        Map<String, Map<String, String>> byName = byName(settings);
        EvaluationPlan plan = new EvaluationPlan(asked);
        for (Evaluation evaluation : evaluations) {
            Optional<Map<String, String>> given = Optional.ofNullable(byName.remove(evaluation.name()));
            Settings values = Settings.of(evaluation.name(), evaluation.settings(), given.orElse(Map.of()));
            if (evaluation.occasion() == Occasion.ALWAYS || asked.contains(ALL) || asked.contains(evaluation.name())) {
                plan.chosen.put(evaluation, values);
            } else if (given.isPresent()) {
                throw new InvalidInput(
                        "settings are given for an evaluation that is not asked for",
                        "--set " + evaluation.name(),
                        "add --with " + evaluation.name());
            }
        }
        byName.keySet().stream().findFirst().ifPresent(name -> {
            throw new InvalidInput(
                    "there is no evaluation " + name, "--set", "choose from " + String.join(", ", names));
        });
        return plan;
    }

    private static Map<String, Map<String, String>> byName(Map<String, String> settings) {
        Map<String, Map<String, String>> byName = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            String[] parts = key.split("\\.", -1);
            if (parts.length != 2) {
                throw new InvalidInput(
                        "a setting is called " + key, "--set", "write EVALUATION.SETTING=NUMBER, as in ais.chains=8");
            }
            byName.computeIfAbsent(parts[0], name -> new LinkedHashMap<>()).put(parts[1], value);
        });
        return byName;
    }

    /**
     * Refuses, before anything is measured, an evaluation that is asked for by its name and says nothing of a run.
     *
     * @param run names it in the message
     */
    public void requireApplicable(EvaluationSubject subject, String run) {
        chosen.keySet().stream()
                .filter(evaluation -> asked.contains(evaluation.name()))
                .forEach(evaluation -> evaluation.incompatibility(subject).ifPresent(reason -> {
                    throw new InvalidInput(
                            evaluation.name() + " does not apply: " + reason,
                            run,
                            "leave out --with " + evaluation.name());
                }));
    }

    /** Whether something is asked for beside what is always measured. */
    public boolean asksForMore() {
        return !asked.isEmpty();
    }

    /** Without what does not apply and was not asked for. */
    public Map<String, Findings> shown(Map<String, Findings> found) {
        Map<String, Findings> shown = new LinkedHashMap<>(found);
        shown.entrySet()
                .removeIf(entry -> entry.getValue().notApplicable().isPresent() && !asked.contains(entry.getKey()));
        return shown;
    }

    /** The names of what is measured. */
    public Set<String> names() {
        return Evaluations.names(chosen.keySet());
    }

    /**
     * What each evaluation finds, or why it does not apply, by name.
     *
     * @param each told of all that was found, after each evaluation: a later one may take long, or fail
     */
    public Map<String, Findings> measure(EvaluationSubject subject, Listener each) throws IOException {
        Map<String, Findings> found = new LinkedHashMap<>();
        for (Map.Entry<Evaluation, Settings> entry : chosen.entrySet()) {
            found.put(entry.getKey().name(), measured(entry.getKey(), entry.getValue(), subject));
            each.found(found);
        }
        return found;
    }

    /** Keeps what was found so far. */
    @FunctionalInterface
    public interface Listener {

        /** Told after each evaluation. */
        void found(Map<String, Findings> all) throws IOException;
    }

    private static Findings measured(Evaluation evaluation, Settings settings, EvaluationSubject subject) {
        Optional<String> reason = incompatibility(evaluation, subject);
        if (reason.isPresent()) {
            return Findings.notApplicable(evaluation.title(), reason.get());
        }
        try {
            return evaluation.measure(subject, settings).measuredWith(settings.values());
        } catch (InvalidInput e) {
            // the others may well say something
            return Findings.notApplicable(evaluation.title(), String.valueOf(e.getMessage()));
        }
    }

    /** What an evaluation asks of its subject may be missing before it can say so itself. */
    private static Optional<String> incompatibility(Evaluation evaluation, EvaluationSubject subject) {
        try {
            return evaluation.incompatibility(subject);
        } catch (InvalidInput e) {
            return Optional.of(e.what());
        }
    }
}
