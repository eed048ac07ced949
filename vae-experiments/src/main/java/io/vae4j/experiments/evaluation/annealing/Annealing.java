package io.vae4j.experiments.evaluation.annealing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.experiments.evaluation.annealing.HamiltonianTransition.Place;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Annealed importance sampling along a path, forwards from its beginning or backwards from exact samples of the
 * posterior.
 */
final class Annealing {

    /** Half of the width of the sigmoid whose values are the betas: most of them are close to 0 and 1. */
    private static final double WIDTH = 4;

    private final HamiltonianTransition transition;
    private final double[] betas;
    private final IntFunction<Noise> noise;

    /**
     * @param temperatures T, how many steps there are from the beginning to the end
     * @param noise of each temperature; 0 is that of the start
     */
    Annealing(HamiltonianTransition transition, int temperatures, IntFunction<Noise> noise) {
        this.transition = transition;
        this.noise = noise;
        betas = betas(temperatures);
    }

    /** From 0 to 1 by a sigmoid. Wu et al. 2017, section 5.1 */
    static double[] betas(int temperatures) {
        double[] betas = new double[temperatures + 1];
        double low = sigmoid(-WIDTH);
        double high = sigmoid(WIDTH);
        Arrays.setAll(betas, t -> (sigmoid(WIDTH * (2.0 * t / temperatures - 1)) - low) / (high - low));
        return betas;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Learns step sizes by a walk that is thrown away. */
    StepSizes pilot(NDManager owner, long chains, int examples) {
        StepSizes sizes = new StepSizes(betas.length - 1, examples);
        NDArray start = transition.path().start(owner, noise.apply(0), chains);
        walk(owner, start, upwards(), sizes, sizes::learn);
        return sizes;
    }

    /** From the beginning of the path to its end: log weights whose exponentials have the mean p(x). */
    Walk forwards(NDManager owner, long chains, StepSizes sizes) {
        NDArray start = transition.path().start(owner, noise.apply(0), chains);
        return walk(owner, start, upwards(), sizes, (temperature, acceptance) -> {});
    }

    /**
     * From exact samples of p(z|x) to the beginning: log weights whose exponentials have the mean 1 / p(x). Grosse et
     * al. 2015, section 4.1, https://arxiv.org/abs/1511.02543
     *
     * @param exact [1, B, ...Z]; all chains of an example begin there
     */
    Walk backwards(NDManager owner, NDArray exact, long chains, StepSizes sizes) {
        Shape all = new Shape(chains).addAll(exact.getShape().slice(1));
        NDArray start = exact.broadcast(all).duplicate();
        return walk(owner, start, downwards(), sizes, (temperature, acceptance) -> {});
    }

    private int[] upwards() {
        return IntStream.rangeClosed(0, betas.length - 1).toArray();
    }

    private int[] downwards() {
        return IntStream.rangeClosed(0, betas.length - 1)
                .map(i -> betas.length - 1 - i)
                .toArray();
    }

    /** @param temperatures in their order: at each but the first, the weights change, then the chains move */
    private Walk walk(NDManager owner, NDArray start, int[] temperatures, StepSizes sizes, StepListener listener) {
        Walk walk = new Walk(owner, start);
        for (int i = 1; i < temperatures.length; i++) {
            int to = temperatures[i];
            double growth = betas[to] - betas[temperatures[i - 1]];
            try (NDManager step = owner.newSubManager()) {
                Place place = transition.look(step, walk.lent(step), betas[to]);
                walk.weigh(growth, place.tilt());
                // where the weights are complete, no chain need go on
                if (i + 1 < temperatures.length) {
                    NDArray size = HamiltonianTransition.broadcastable(step, sizes.at(to), place.z());
                    walk.go(transition.move(step, place, betas[to], size, noise.apply(to)));
                    listener.moved(to, walk.latestAcceptance());
                }
            }
        }
        return walk;
    }

    /** Told how often the proposals at a temperature would be accepted, the mean over the chains of each example. */
    private interface StepListener {
        void moved(int temperature, double[] acceptance);
    }
}
