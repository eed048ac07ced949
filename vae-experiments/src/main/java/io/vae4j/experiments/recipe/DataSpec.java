package io.vae4j.experiments.recipe;

/**
 * Which data, and how pixels become numbers.
 *
 * @param name the data set
 * @param pixels what a pixel is to the model
 */
public record DataSpec(DataName name, Pixels pixels) {}
