/**
 * What a run leaves behind for people: picture grids, TensorBoard event files, and one self-contained page made from
 * the run folder alone, or from a sweep's.
 *
 * <p>Losses are nats per example; beside them stand {@code bits per dimension = -bound / (D ln 2)} for examples of D
 * dimensions, where the bound is that of log p(x), whatever the loss weighs. The settings of a sweep are compared seed
 * by seed: {@code (1/n) sum_s (f(a, s) - f(b, s))}, within {@code t s_d / sqrt(n)} with 95 %.
 */
@NullMarked
package io.vae4j.experiments.report;

import org.jspecify.annotations.NullMarked;
