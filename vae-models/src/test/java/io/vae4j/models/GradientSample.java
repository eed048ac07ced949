package io.vae4j.models;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Repeated gradients of a model, the same noise in the same repetition for every estimator. */
record GradientSample(List<double[]> encoder, List<double[]> decoder) {

    /** @param first the repetition to begin with: others have other noise */
    static GradientSample of(
            NDManager manager,
            LatentModel model,
            NDArray x,
            Condition condition,
            GradientEstimator estimator,
            Objective objective,
            int first,
            int repeats) {
        ParameterStore store = new ParameterStore(manager, false);
        List<double[]> encoder = new ArrayList<>();
        List<double[]> decoder = new ArrayList<>();
        for (int repeat = first; repeat < first + repeats; repeat++) {
            try (NDManager batch = manager.newSubManager();
                    GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                Pass pass = Pass.training(store, batch, Noise.seeded(17, repeat, 0));
                NDArray data = x.duplicate();
                data.attach(batch);
                estimator.backward(tape, model, pass, data, condition, objective);
            }
            encoder.add(taken(model, true));
            decoder.add(taken(model, false));
        }
        return new GradientSample(encoder, decoder);
    }

    /** Reads the gradients of one group and sets them to zero. */
    private static double[] taken(LatentModel model, boolean ofEncoder) {
        List<Double> values = new ArrayList<>();
        for (Pair<String, Parameter> named : model.getParameters()) {
            boolean open = named.getValue().requiresGradient();
            if (open && named.getKey().matches(".*(encoder|posterior).*") == ofEncoder) {
                try (NDArray gradient = named.getValue().getArray().getGradient()) {
                    for (double value : gradient.toDoubleArray()) {
                        values.add(value);
                    }
                    gradient.subi(gradient);
                }
            }
        }
        return values.stream().mapToDouble(value -> value).toArray();
    }

    /** The largest |t| of the paired differences from another sample, over both groups. */
    double largestT(GradientSample other) {
        return Math.max(largestT(encoder, other.encoder), largestT(decoder, other.decoder));
    }

    /**
     * The largest |t| of the paired difference of two samples' means, along the second one's mean gradient (which shows
     * a wrong sign or factor best) and along random directions. Few directions keep four standard errors meaningful.
     */
    static double largestT(List<double[]> one, List<double[]> other) {
        int parameters = one.get(0).length;
        Random random = new Random(3);
        Stream<double[]> directions = Stream.concat(
                Stream.of(mean(other)),
                Stream.generate(() -> random.doubles(parameters, -1, 1).toArray())
                        .limit(8));
        return directions
                .mapToDouble(direction -> t(IntStream.range(0, one.size())
                        .mapToDouble(r -> dot(direction, one.get(r)) - dot(direction, other.get(r)))
                        .toArray()))
                .max()
                .orElseThrow();
    }

    private static double[] mean(List<double[]> sample) {
        return IntStream.range(0, sample.get(0).length)
                .mapToDouble(p ->
                        sample.stream().mapToDouble(row -> row[p]).average().orElseThrow())
                .toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /** The largest difference over repetitions and parameters. */
    static double largestDifference(List<double[]> one, List<double[]> other) {
        double largest = 0;
        for (int r = 0; r < one.size(); r++) {
            for (int p = 0; p < one.get(r).length; p++) {
                largest = Math.max(largest, Math.abs(one.get(r)[p] - other.get(r)[p]));
            }
        }
        return largest;
    }

    /** The variance over repetitions, summed over parameters. */
    static double variance(List<double[]> sample) {
        int parameters = sample.get(0).length;
        double sum = 0;
        for (int p = 0; p < parameters; p++) {
            int column = p;
            double[] values = sample.stream().mapToDouble(row -> row[column]).toArray();
            sum += squaredDeviation(values) / (values.length - 1);
        }
        return sum;
    }

    private static double t(double[] differences) {
        double mean = IntStream.range(0, differences.length)
                .mapToDouble(i -> differences[i])
                .average()
                .orElseThrow();
        double standardError = Math.sqrt(squaredDeviation(differences) / (differences.length - 1) / differences.length);
        // two samples that agree to rounding have no spread to be measured by
        return Math.abs(mean) < 1e-12 ? 0 : Math.abs(mean) / standardError;
    }

    private static double squaredDeviation(double[] values) {
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
        return squares - sum * sum / values.length;
    }
}
