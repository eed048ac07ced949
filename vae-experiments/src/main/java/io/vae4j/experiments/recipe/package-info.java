/**
 * Recipes: an experiment as data, read from YAML, checked before anything runs.
 *
 * <p>A recipe fixes what is minimized, {@code E_data[loss(x)]}, and how: data, model, objective, estimator, optimizer
 * and training length.
 */
@NullMarked
package io.vae4j.experiments.recipe;

import org.jspecify.annotations.NullMarked;
