package io.vae4j.experiments.inference;

/**
 * How long chains are.
 *
 * @param kernel how z goes on
 * @param steps of each chain
 * @param burnIn how many of the first ones are left out of means
 * @param chains for each example
 */
public record ImputationSettings(ImputationKernel kernel, int steps, int burnIn, int chains) {

    /** @throws IllegalArgumentException if no step is left after the burn-in, or there is no chain */
    public ImputationSettings {
        if (burnIn < 0 || steps <= burnIn || chains < 1) {
            throw new IllegalArgumentException(steps + " steps with a burn-in of " + burnIn + " of " + chains
                    + " chains; expected more steps than burn-in, and a chain at least");
        }
    }
}
