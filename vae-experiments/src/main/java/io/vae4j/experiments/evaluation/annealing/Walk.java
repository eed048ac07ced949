package io.vae4j.experiments.evaluation.annealing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.experiments.evaluation.LogWeights;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Chains on their way along a path, and the weights that they gathered. */
final class Walk {

    private final NDManager owner;
    private final int chains;
    private final int examples;
    private final double[] logWeights;
    private NDArray z;
    private double[] latest;
    private double acceptance;
    private int moves;

    /**
     * @param owner of the chains' places
     * @param start [C, B, ...Z]
     */
    Walk(NDManager owner, NDArray start) {
        this.owner = owner;
        z = start;
        chains = Math.toIntExact(start.getShape().get(0));
        examples = Math.toIntExact(start.getShape().get(1));
        logWeights = new double[chains * examples];
        latest = new double[examples];
    }

    /** Where the chains are, freed with a step's manager: the next place is another array. */
    NDArray lent(NDManager step) {
        z.attach(step);
        return z;
    }

    /** @param tilt [C, B] */
    void weigh(double growth, NDArray tilt) {
        double[] each = doubles(tilt);
        Arrays.setAll(logWeights, i -> logWeights[i] + growth * each[i]);
    }

    /** Takes the chains to another place. */
    void go(HamiltonianTransition.Move move) {
        z = move.z();
        z.attach(owner);
        double[] probabilities = doubles(move.probability());
        latest = new double[examples];
        for (int i = 0; i < probabilities.length; i++) {
            latest[i % examples] += probabilities[i] / chains;
        }
        acceptance += Arrays.stream(latest).average().orElseThrow();
        moves++;
    }

    /** How likely the latest proposals were to be accepted, the mean over the chains of each example. */
    double[] latestAcceptance() {
        return latest.clone();
    }

    /** The mean over all proposals. */
    double acceptance() {
        return acceptance / moves;
    }

    /** log (1/C) sum_c w_c of each example, nats. */
    double[] logMeans() {
        return weights().bound(chains);
    }

    /**
     * The standard error of each log mean, by the delta method: {@code sqrt((C / ESS - 1) / (C - 1))}, nats; at least
     * two chains are needed.
     */
    double[] standardErrors() {
        LogWeights weights = weights();
        double[] errors = new double[examples];
        Arrays.setAll(errors, i -> Math.sqrt(Math.max(0, chains / weights.effectiveSampleSize(i) - 1) / (chains - 1)));
        return errors;
    }

    /** C, of each example. */
    int chains() {
        return chains;
    }

    /** The mean over the examples of (sum w)^2 / sum w^2, from 1 to C. */
    double effectiveChains() {
        LogWeights weights = weights();
        return IntStream.range(0, examples)
                .mapToDouble(weights::effectiveSampleSize)
                .average()
                .orElseThrow();
    }

    /** A figure of each example, over several walks. */
    static double[] each(List<Walk> walks, Function<Walk, double[]> figure) {
        return walks.stream()
                .flatMapToDouble(walk -> Arrays.stream(figure.apply(walk)))
                .toArray();
    }

    /** A figure of all examples together. */
    static double mean(List<Walk> walks, ToDoubleFunction<Walk> figure) {
        double sum = walks.stream()
                .mapToDouble(walk -> walk.examples * figure.applyAsDouble(walk))
                .sum();
        return sum / walks.stream().mapToInt(walk -> walk.examples).sum();
    }

    /** The standard error of a mean of independent estimates. */
    static double errorOfMean(double[] errors) {
        return Math.sqrt(Arrays.stream(errors).map(error -> error * error).sum()) / errors.length;
    }

    private LogWeights weights() {
        double[][] each = new double[examples][chains];
        for (int i = 0; i < examples; i++) {
            int example = i;
            Arrays.setAll(each[i], c -> logWeights[c * examples + example]);
        }
        return new LogWeights(each);
    }

    private static double[] doubles(NDArray values) {
        try (NDArray wide = values.toType(DataType.FLOAT64, true)) {
            return wide.toDoubleArray();
        }
    }
}
