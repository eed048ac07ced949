package io.vae4j.experiments.training;

import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Normalization;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What reports say of a model, since its blocks do not tell.
 *
 * @param title such as "VAE 784-400-20-400-784"
 * @param likelihood what log p(x|z) is, such as "Bernoulli log-likelihood"
 * @param normalization what its log p is the logarithm of
 * @param density where log q(z|x) can be evaluated
 * @param bitsOffset what makes nats in bits per dimension; empty where such bits mean nothing
 * @param note where minus the bound is not what its name says
 */
public record ModelCard(
        String title,
        String likelihood,
        Normalization normalization,
        Density density,
        OptionalDouble bitsOffset,
        Optional<String> note) {

    /** Of a recipe's model for some data. */
    static ModelCard of(Recipe recipe, DataSummary data) {
        return new ModelCard(
                recipe.model().title(data.dimensions()),
                recipe.likelihoodTitle(),
                recipe.normalization(),
                recipe.model().density(),
                recipe.bitsOffset(data.support()),
                note(recipe));
    }

    /** Of a model that was made in Java, as far as its likelihood tells. */
    static ModelCard of(LatentModel model) {
        Optional<Family<?>> likelihood = model.likelihood();
        return new ModelCard(
                model.getClass().getSimpleName(),
                likelihood.map(Family::title).orElse("log p(x|z)"),
                likelihood.map(Family::normalization).orElse(Normalization.DENSITY),
                Density.ANYWHERE,
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** Of a run that was made in Java. */
    static ModelCard of(Manifest manifest) {
        Normalization known = manifest.isDensity() ? Normalization.DENSITY : Normalization.PROBABILITY;
        return new ModelCard(
                manifest.model().orElse("model"),
                manifest.likelihood().orElse("log p(x|z)"),
                manifest.normalized().orElse(true) ? known : Normalization.NONE,
                Density.ANYWHERE,
                manifest.bitsOffset(),
                Optional.empty());
    }

    /** Whether the loss is built on a log-likelihood. */
    public boolean isLikelihood() {
        return normalization != Normalization.NONE;
    }

    private static Optional<String> note(Recipe recipe) {
        List<String> notes = new ArrayList<>();
        if (recipe.normalization() == Normalization.NONE) {
            notes.add("not a likelihood: " + recipe.model().likelihood().title());
        }
        if (recipe.data().condition() != ConditionName.NONE) {
            notes.add("given the class: -log p(x|c)");
        }
        if (recipe.model().hasCodes()) {
            notes.add("a bound by one grid of codes: all samples are alike");
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }
}
