package io.vae4j.experiments.recipe;

/**
 * Which data, and how pixels become numbers.
 *
 * @param name the data set
 * @param pixels what a pixel is to the model
 * @param condition what is given beside the image
 */
public record DataSpec(DataName name, Pixels pixels, ConditionName condition) {}
