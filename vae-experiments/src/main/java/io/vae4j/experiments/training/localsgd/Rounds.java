package io.vae4j.experiments.training.localsgd;

/** Has all workers take their steps of a round, wherever they are, and averages what they bring back. */
@FunctionalInterface
public interface Rounds {

    /**
     * One round.
     *
     * @param state that all workers begin with
     * @return the parts of all workers, averaged by an {@link AveragingTree}
     */
    RoundPart run(Round round, TrainingState state);
}
