package io.vae4j.experiments.recipe;

import io.vae4j.core.distribution.Support;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
        OptimizerSpec optimizer,
        TrainSpec train) {

    /** The same recipe, trained for another number of epochs. */
    public Recipe withEpochs(int epochs) {
        return new Recipe(description, data, model, objective, estimator, optimizer, train.withEpochs(epochs));
    }

    /** What log p(x|z) is, as in "Bernoulli log-likelihood given the class". */
    public String likelihoodTitle() {
        return model.likelihood().title()
                + (data.condition() == ConditionName.NONE ? "" : " given the class")
                + (model.density() == Density.NONE ? ", of a reconstruction alone" : "");
    }

    /** What the loss says of log p. */
    public LikelihoodName.Scale scale() {
        return model.density() == Density.NONE
                ? LikelihoodName.Scale.RELATIVE
                : model.likelihood().scale();
    }

    /**
     * What is added to {@code -bound / (D ln 2)} to make it bits per dimension: nothing for probabilities, and log2 255
     * for densities, since levels from 0 to 255 were divided by 255. Empty where there are no such bits: what is no
     * likelihood has none, nor has a density of two values.
     */
    public OptionalDouble bitsOffset() {
        return switch (scale()) {
            case PROBABILITY -> OptionalDouble.of(0);
            case DENSITY ->
                data.pixels() == Pixels.GRAY ? OptionalDouble.of(Math.log(255) / Math.log(2)) : OptionalDouble.empty();
            case RELATIVE -> OptionalDouble.empty();
        };
    }

    /** Why its parts do not go together; empty where they do. */
    Optional<String> incompatibility() {
        return unusable().or(this::untrainable);
    }

    /** Why there is no such model of such data; empty where there is. */
    private Optional<String> unusable() {
        return wrongPixels().or(() -> model.incompatibility(data));
    }

    /** Why the model cannot be trained so, although it can be looked at once it is; empty where it can. */
    private Optional<String> untrainable() {
        return Stream.<Supplier<Optional<String>>>of(
                        () -> objective.incompatibility(model),
                        () -> model.density().incompatibility(estimator.needed(), "the estimator"),
                        this::wrongEstimator,
                        this::repeatedCodes,
                        () -> objective.incompatibility(train))
                .flatMap(check -> check.get().stream())
                .findFirst();
    }

    private Optional<String> wrongPixels() {
        Support defined = model.likelihood().support();
        Support given = data.pixels().support();
        return defined.covers(given)
                ? Optional.empty()
                : Optional.of("the likelihood is defined for values in " + defined + " and the data are " + given
                        + "; set data.pixels=dynamic-binarization, or name the relaxation"
                        + " model.likelihood=gray-cross-entropy");
    }

    private Optional<String> wrongEstimator() {
        return estimator
                .estimator()
                .incompatibility(atStart())
                .or(() -> estimator.estimator().bias(atStart()));
    }

    private Optional<String> repeatedCodes() {
        return model instanceof VqVaeSpec && atStart().samples() > 1
                ? Optional.of("a grid of codes is certain, so that all samples of it are alike; set"
                        + " objective={kind: elbo, beta: 1, samples: 1, warmUp: 0}")
                : Optional.empty();
    }

    private Objective atStart() {
        return objective.over(new Extent(2, 1)).at(0);
    }
}
