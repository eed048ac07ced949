package io.vae4j.experiments.cli;

import io.vae4j.experiments.evaluation.EvaluationPlan;
import io.vae4j.experiments.evaluation.Evaluations;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a command measures of a run beside its likelihood. */
final class EvaluationOptions {

    @Option(
            names = "--with",
            paramLabel = "NAME",
            split = ",",
            description =
                    "further evaluations, which take minutes, or all; a name that there is not lists those that are")
    private Set<String> asked = new LinkedHashSet<>();

    @Option(
            names = "--set",
            paramLabel = "NAME.KEY=NUMBER",
            description = "a setting of an evaluation, such as ais.chains=8; repeatable")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Before work of minutes: what is misspelt is refused. */
    EvaluationPlan plan() {
        return EvaluationPlan.of(Evaluations.all(), asked, settings);
    }
}
