/**
 * Whether samples of a model look like the data, and whether they are as manifold: by distances between the features
 * that a classifier makes of both.
 *
 * <p>Precision is the share of samples inside the balls {@code |x - x_i| <= r_i} around real examples, with the
 * distance to the k-th neighbor as r; recall is the share of real examples inside those around samples; Kynkaanniemi et
 * al. 2019, eq. 2, https://arxiv.org/abs/1904.06991
 */
@NullMarked
package io.vae4j.experiments.evaluation.samplequality;

import org.jspecify.annotations.NullMarked;
