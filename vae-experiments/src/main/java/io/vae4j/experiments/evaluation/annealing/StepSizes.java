package io.vae4j.experiments.evaluation.annealing;

import java.util.Arrays;

/**
 * The step size of each example at each temperature: learned by a few chains that are thrown away, then held, for
 * chains whose steps depend on their own past would leave another density as it is.
 */
final class StepSizes {

    private static final double START = 0.2;

    /** The acceptance at which Hamiltonian Monte Carlo gets furthest for its cost. Neal 2011, section 5.4.4.3 */
    private static final double WANTED = 0.65;

    private static final double RATE = 0.25;

    private final double[][] sizes;

    /** @param temperatures how many */
    StepSizes(int temperatures, int examples) {
        sizes = new double[temperatures + 1][examples];
        for (double[] each : sizes) {
            Arrays.fill(each, START);
        }
    }

    /** Of each example, at a temperature from 1 on. */
    double[] at(int temperature) {
        return sizes[temperature].clone();
    }

    /** Sets the next temperature's by how often proposals at this one would be accepted, of each example. */
    void learn(int temperature, double[] acceptance) {
        if (temperature + 1 < sizes.length) {
            Arrays.setAll(
                    sizes[temperature + 1], i -> sizes[temperature][i] * Math.exp(RATE * (acceptance[i] - WANTED)));
        }
    }
}
