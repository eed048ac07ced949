/**
 * Recipes: an experiment as data, read from YAML, checked before anything runs.
 *
 * <p>A recipe fixes what is minimised, {@code E_data[loss(x)]}, and how: data, model, objective, estimator, optimiser
 * and training length.
 */
@NullMarked
package io.vae4j.experiments.recipe;

import org.jspecify.annotations.NullMarked;
