/**
 * Figures of trained runs: what a model has learned, to be looked at. A figure is one small class that turns runs into
 * a {@code Drawing}; the command {@code figure}, the end of a training and reports show whatever a
 * {@link io.vae4j.experiments.figure.FigureProvider} brings.
 */
@NullMarked
package io.vae4j.experiments.figure;

import org.jspecify.annotations.NullMarked;
