package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;

/**
 * Some images, and what is given beside each.
 *
 * @param images [B, ...X]
 * @param condition for B examples, or none
 */
public record Minibatch(NDArray images, Condition condition) {}
