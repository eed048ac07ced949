package io.vae4j.experiments.evaluation;

import java.util.List;

/** Brings evaluations; found by Java's ServiceLoader, in this project and in plugins. */
public interface EvaluationProvider {

    /** The evaluations, in the order in which they are measured and shown. */
    List<Evaluation> evaluations();
}
