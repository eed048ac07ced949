package io.vae4j.experiments.evaluation;

import io.vae4j.experiments.run.Findings;
import java.util.List;
import java.util.Optional;

/**
 * Something that the command {@code evaluate} measures of a trained model beside the likelihood. What an
 * {@link EvaluationProvider} brings is shown on the command line and in the report, and kept in evaluation.json.
 */
public interface Evaluation {

    /** When it is measured. */
    enum Occasion {
        /** In every evaluation: it takes seconds. */
        ALWAYS,
        /** If it is asked for by name: it takes minutes. */
        ON_REQUEST
    }

    /** By which it is asked for and kept, such as {@code pareto-k}: lower-case letters, digits and hyphens. */
    String name();

    /** What its figures are about, in a phrase. */
    String title();

    /** When it is measured. */
    Occasion occasion();

    /** What decides how it measures; none unless it says otherwise. */
    default List<Setting> settings() {
        return List.of();
    }

    /** Why it says nothing of a model or of its data; empty where it can be measured. */
    Optional<String> incompatibility(EvaluationSubject subject);

    /** What it finds; asked only where there is no incompatibility. */
    Findings measure(EvaluationSubject subject, Settings settings);
}
