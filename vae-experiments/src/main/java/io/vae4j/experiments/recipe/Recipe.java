package io.vae4j.experiments.recipe;

import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Normalization;
import io.vae4j.core.objective.AdaptiveObjective;
import io.vae4j.core.objective.BatchCoupled;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One experiment.
 *
 * @param recipeVersion of the keys
 * @param description one sentence for people
 */
public record Recipe(
        @Default("2") int recipeVersion,
        @Default("''") String description,
        @Default("{}") DataSpec data,
        ModelSpec model,
        @Default("elbo") ObjectiveSpec objective,
        @Default("pathwise") EstimatorSpec estimator,
        @Default("adam") OptimizerSpec optimizer,
        @Default("{}") TrainSpec train) {

    /** The version of the keys that this program writes: 1 was that of 0.1.0, which did not say so. */
    public static final int VERSION = 2;

    /** The same recipe, trained for another number of epochs. */
    public Recipe withEpochs(int epochs) {
        return new Recipe(VERSION, description, data, model, objective, estimator, optimizer, train.withEpochs(epochs));
    }

    /** The same recipe for other data. */
    public Recipe withData(DatasetSource set) {
        return new Recipe(VERSION, description, data.of(set), model, objective, estimator, optimizer, train);
    }

    /** The same recipe with a share of the training examples to validate by. */
    public Recipe withValidation(double share) {
        return new Recipe(VERSION, description, data.validating(share), model, objective, estimator, optimizer, train);
    }

    /** The same recipe, tested after other epochs. */
    public Recipe tested(TestedEpochs epochs) {
        return new Recipe(
                VERSION, description, data, model, objective, estimator, optimizer, train.withTestedEpochs(epochs));
    }

    /** What log p(x|z) is, as in "Bernoulli log-likelihood given the class". */
    public String likelihoodTitle() {
        boolean dequantized = data.values().boundsBits() && normalization() == Normalization.DENSITY;
        return model.likelihood().title()
                + (dequantized ? " of dequantized bytes" : "")
                + (data.condition() == ConditionName.NONE ? "" : " given the class")
                + (model.density() == Density.NONE ? ", of a reconstruction alone" : "");
    }

    /** What the loss says of log p. */
    public Normalization normalization() {
        return model.density() == Density.NONE
                ? Normalization.NONE
                : model.likelihood().normalization();
    }

    /**
     * What is added to {@code -bound / (D ln 2)} to make it bits per dimension: nothing for probabilities, and for
     * densities of bytes log2 255, by which they were divided, or log2 256 where they were dequantized. Empty where
     * there are no such bits: what is no likelihood has none, nor has a density of values that have no unit.
     *
     * @param stored which values the data take, as they are stored
     */
    public OptionalDouble bitsOffset(Support stored) {
        return switch (normalization()) {
            case PROBABILITY -> OptionalDouble.of(0);
            case DENSITY -> data.values().bitsOffset(stored);
            case NONE -> OptionalDouble.empty();
        };
    }

    /** Why its parts do not go together; empty where they do. */
    Optional<String> incompatibility() {
        return unusable().or(this::untrainable);
    }

    /** Why there is no such model of such data; empty where there is. */
    private Optional<String> unusable() {
        return data.set().support().flatMap(this::wrongData).or(() -> model.incompatibility(data));
    }

    /** Why the model cannot be trained so, although it can be looked at once it is; empty where it can. */
    private Optional<String> untrainable() {
        return Stream.<Supplier<Optional<String>>>of(
                        () -> objective.incompatibility(model),
                        () -> model.density().incompatibility(estimator.needed(), "the estimator"),
                        this::wrongEstimator,
                        this::repeatedCodes,
                        this::inseparableBatch,
                        () -> objective.incompatibility(train))
                .flatMap(check -> check.get().stream())
                .findFirst();
    }

    /** Why there is no such model of the data that were read; empty where there is. */
    public Optional<String> incompatibility(DataSummary summary) {
        if (data.condition() == ConditionName.LABEL && summary.classes().isEmpty()) {
            return Optional.of("the model is conditioned on labels and the data have none; set data.condition=none");
        }
        return model.likelihood().incompatibility(summary.event()).or(() -> wrongData(summary.support()));
    }

    private Optional<String> wrongData(Support stored) {
        return data.values()
                .incompatibility(stored)
                .or(() -> wrongValues(stored, data.values().support(stored)));
    }

    private Optional<String> wrongValues(Support stored, Support seen) {
        Support defined = model.likelihood().support();
        boolean coarsened = defined == Support.BYTE_LEVELS && seen == Support.BINARY && stored != seen;
        return defined.covers(seen) && !coarsened
                ? Optional.empty()
                : Optional.of("the likelihood is defined for values in " + defined + " and the data are " + seen
                        + (coarsened ? " by data.values" : "") + remedy(stored, defined));
    }

    /** What fits: kinds of values first, then likelihoods for the values as they are. */
    private String remedy(Support stored, Support defined) {
        if (!Support.UNIT_INTERVAL.covers(stored)) {
            return "; set model.likelihood=gaussian (or laplace) and data.values=as-stored, or scale the data to [0, 1]";
        }
        boolean bytes = Support.BYTE_LEVELS.covers(stored);
        if (defined == Support.BYTE_LEVELS) {
            return bytes
                    ? "; set data.values=as-stored, for bytes are what it gives probabilities to"
                    : "; set model.likelihood=continuous-bernoulli (or gaussian), or store bytes: levels as uint8";
        }
        String likelihoods = bytes ? "discretized-logistic-mixture (or continuous-bernoulli)" : "continuous-bernoulli";
        return "; set data.values=dynamic-binarization (or static-binarization), or data.values=as-stored and"
                + " model.likelihood=" + likelihoods + ", or name the relaxation model.likelihood=gray-cross-entropy";
    }

    private Optional<String> wrongEstimator() {
        return estimator
                .estimator()
                .incompatibility(atStart())
                .or(() -> estimator.estimator().bias(atStart()));
    }

    private Optional<String> repeatedCodes() {
        return model.hasCodes() && atStart().samples() > 1
                ? Optional.of("a grid of codes is certain, so that all samples of it are alike; set"
                        + " objective={kind: elbo, beta: 1, samples: 1, warmUp: 0}")
                : Optional.empty();
    }

    private Optional<String> inseparableBatch() {
        return train.accumulate() > 1 && (atStart() instanceof BatchCoupled || atStart() instanceof AdaptiveObjective)
                ? Optional.of(
                        "the objective looks at all examples of a batch at once, so that a batch cannot be passed in"
                                + " parts; set train.accumulate=1")
                : Optional.empty();
    }

    private Objective atStart() {
        return objective.over(new Extent(2, 1)).at(0);
    }
}
