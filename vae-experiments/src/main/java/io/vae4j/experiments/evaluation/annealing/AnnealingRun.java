package io.vae4j.experiments.evaluation.annealing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;

/**
 * The walks of some examples, each with noise of its own.
 *
 * @param batch the number of these examples' batch, so that no two batches share their noise
 */
record AnnealingRun(AnnealingPath path, ChainSettings settings, long seed, long batch) {

    private static final int PHASES = 3;

    /** Learns the step sizes. */
    StepSizes pilot(NDManager owner, int examples) {
        return phase(0).pilot(owner, settings.pilots(), examples);
    }

    /** A lower bound of log p(x) in expectation: the log of the mean weight. */
    Walk forwards(NDManager owner, StepSizes sizes) {
        return phase(1).forwards(owner, settings.chains(), sizes);
    }

    /** Minus the log of the mean weight is an upper bound of log p(x) in expectation. */
    Walk backwards(NDManager owner, NDArray exact, StepSizes sizes) {
        return phase(2).backwards(owner, exact, settings.chains(), sizes);
    }

    private Annealing phase(int number) {
        long first = (batch * PHASES + number) * (settings.temperatures() + 1L);
        return new Annealing(
                new HamiltonianTransition(path, settings.leapfrogs()),
                settings.temperatures(),
                temperature -> Randomness.of(seed).noise(RandomStream.ANNEALING, first + temperature));
    }
}
