package io.vae4j.experiments.application;

import io.vae4j.experiments.inference.LikelihoodBound;
import io.vae4j.experiments.recipe.Density;
import java.util.function.DoubleConsumer;

/**
 * How examples are scored.
 *
 * @param bound of log p(x)
 * @param samples K for each example, at least 1
 */
public record Scoring(LikelihoodBound bound, long samples) {

    private static final long DRAWS = 100;

    /** The importance-weighted bound by 100 samples. */
    public static Scoring usual() {
        return new Scoring(LikelihoodBound.IWAE, DRAWS);
    }

    /**
     * What a user asks for by two numbers. By one sample the bounds are the same and tell nothing of their error, so
     * that it stands for the ELBO by 100 draws.
     */
    public static Scoring asked(LikelihoodBound bound, long samples) {
        return samples == 1 ? new Scoring(LikelihoodBound.ELBO, DRAWS) : new Scoring(bound, samples);
    }

    /**
     * Scores examples; by reconstruction errors alone where the model has no density.
     *
     * @param progress told how many examples are done
     */
    public ExampleScores scores(BatchInference inference, DoubleConsumer progress) {
        return inference.trained().card().density() == Density.NONE
                ? ExampleScores.ofReconstructions(inference, progress)
                : ExampleScores.of(inference, bound, samples, progress);
    }
}
