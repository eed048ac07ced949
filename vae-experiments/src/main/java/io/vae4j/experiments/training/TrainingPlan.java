package io.vae4j.experiments.training;

import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.recipe.TrainSpec;
import io.vae4j.experiments.run.Manifest.Origin;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Metrics;
import io.vae4j.experiments.training.localsgd.Workers;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * How a model is trained, wherever it came from.
 *
 * @param name of the recipe, for people
 * @param text what stands in the run folder as the recipe
 * @param objective what is minimized, given how much there is to train on
 * @param metrics what is measured
 * @param learningRate as a function of the steps already taken, given the steps of an epoch
 * @param workers who takes the steps
 */
record TrainingPlan(
        String name,
        String text,
        Origin origin,
        TrainSpec train,
        Function<Extent, Schedule<Objective>> objective,
        GradientEstimator estimator,
        FusedAdam.Settings optimizer,
        LongFunction<Schedule<Double>> learningRate,
        Randomness randomness,
        List<Metric> metrics,
        Workers workers) {

    /** As a recipe says. */
    static TrainingPlan of(String name, Recipe recipe, Randomness randomness, Workers workers) {
        return new TrainingPlan(
                name,
                Recipes.write(recipe),
                Origin.RECIPE,
                recipe.train(),
                recipe.objective()::over,
                recipe.estimator().estimator(),
                recipe.optimizer().settings(),
                recipe.optimizer()::learningRate,
                randomness,
                Metrics.all(),
                workers);
    }
}
