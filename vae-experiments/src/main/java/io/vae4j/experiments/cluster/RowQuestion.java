package io.vae4j.experiments.cluster;

import io.vae4j.experiments.application.Scoring;

/** What a trained model is asked about each row of a table. */
public sealed interface RowQuestion {

    /** Its codes in every layer, as {@link io.vae4j.experiments.application.Encoding} has them. */
    record Codes() implements RowQuestion {}

    /** How well the model explains it, as {@link io.vae4j.experiments.application.ExampleScores} has it. */
    record Scores(Scoring scoring) implements RowQuestion {}

    /**
     * Its likelihood, as {@link io.vae4j.experiments.evaluation.LikelihoodEvaluator} has it.
     *
     * @param samples K, at least 1
     */
    record Likelihood(long samples) implements RowQuestion {}
}
