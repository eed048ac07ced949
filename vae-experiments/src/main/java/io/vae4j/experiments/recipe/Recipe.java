package io.vae4j.experiments.recipe;

/**
 * One experiment.
 *
 * @param description one sentence for people
 */
public record Recipe(
        String description,
        DataSpec data,
        ModelSpec model,
        ObjectiveSpec objective,
        EstimatorSpec estimator,
        OptimiserSpec optimiser,
        TrainSpec train) {

    /** The same recipe, trained for another number of epochs. */
    public Recipe withEpochs(int epochs) {
        return new Recipe(description, data, model, objective, estimator, optimiser, train.withEpochs(epochs));
    }
}
