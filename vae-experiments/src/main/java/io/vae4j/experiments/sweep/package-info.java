/**
 * Many runs of one recipe: which settings are tried, how far each is trained, where its processes run, and what came
 * out.
 *
 * <p>A setting's figure is the mean over its seeds, {@code m = (1/S) sum_s f(setting, s)}, on the validation split; the
 * test split is looked at once, when a setting is chosen. A journal of decisions and results is all that a sweep needs
 * to go on after its process has died.
 */
@NullMarked
package io.vae4j.experiments.sweep;

import org.jspecify.annotations.NullMarked;
