/**
 * What a trained model is good for, from examples to files: each class is a question that is put to examples batch by
 * batch, and its answers are written as they come. {@code vae encode}, {@code reconstruct}, {@code score},
 * {@code interpolate} and {@code impute} are these.
 */
@NullMarked
package io.vae4j.experiments.application;

import org.jspecify.annotations.NullMarked;
