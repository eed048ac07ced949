package io.vae4j.experiments.training.localsgd;

import java.io.Serializable;

/**
 * The steps between two averages.
 *
 * @param epoch from 1
 * @param from how many of the epoch's steps each worker has taken before
 * @param to how many it will have taken then; one whose examples are used up earlier takes fewer
 */
public record Round(int epoch, int from, int to) implements Serializable {}
