package io.vae4j.experiments.evaluation;

import io.vae4j.core.Memoized;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.training.TrainedModel;
import java.util.function.Consumer;

/**
 * What is evaluated: a trained model on held-out examples, whose likelihood is measured when it is first asked for.
 *
 * @param evaluator the model, with the held-out examples on its device
 * @param data all splits
 * @param measured what importance sampling finds, example by example
 * @param seed of the evaluation
 * @param narrator told how a long measurement gets on, a line at a time
 */
public record EvaluationSubject(
        Evaluator evaluator,
        Dataset data,
        Memoized<LikelihoodEvaluator> measured,
        long seed,
        Consumer<String> narrator) {

    /**
     * The likelihood of the examples; the first call takes minutes.
     *
     * @throws InvalidInput if the model has no density, so that what needs one does not apply
     */
    public LikelihoodEvaluator likelihood() {
        if (trained().card().density() == Density.NONE) {
            throw new InvalidInput(
                    "there is no bound of log p(x)",
                    trained().card().title(),
                    "the posterior is a point mass: evaluate a model whose posterior has a density");
        }
        return measured.get();
    }

    /** The model. */
    public TrainedModel trained() {
        return evaluator.trained();
    }

    /** How many examples are looked at, the first ones. */
    public int examples() {
        return likelihood().examples();
    }
}
