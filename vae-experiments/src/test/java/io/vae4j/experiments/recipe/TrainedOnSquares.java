package io.vae4j.experiments.recipe;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.AdaptiveObjective;
import io.vae4j.core.objective.BatchCoupled;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.LeafParameters;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.ModelSpec.Assembly;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A recipe's model in float64, trained for some steps on small squares, and the gradients of its objective there. */
final class TrainedOnSquares implements AutoCloseable {

    private static final int SIDE = 8;
    private static final int SQUARES = 16;
    private static final int STEPS = 60;
    /** A batch holds many copies of two images, so that one repetition is already a mean. */
    private static final int COPIES = 60;

    private static final int DIRECTIONS = 8;

    private final NDManager manager;
    private final LatentModel model;
    private final Objective objective;
    private final ParameterStore store;
    private final Recipe recipe;
    private final Shape event;
    /** By the repetitions that they are of. */
    private final Map<List<Integer>, Gradients> references = new HashMap<>();

    /** One gradient for each repetition, flat. */
    private record Gradients(List<double[]> encoder, List<double[]> decoder) {}

    TrainedOnSquares(NDManager parent, Recipe recipe) {
        manager = parent.newSubManager();
        this.recipe = recipe;
        Assembly assembly = recipe.model().assemble(ModelContext.of(squares()));
        model = assembly.model();
        event = assembly.event();
        objective = recipe.objective().over(new Extent(SQUARES, 1)).at(0);
        Engine.getInstance().setRandomSeed(7);
        Shape one = new Shape(1).addAll(event);
        boolean conditional = recipe.data().condition() == ConditionName.LABEL;
        model.initialize(
                manager, DataType.FLOAT64, conditional ? new Shape[] {one, new Shape(1, 2)} : new Shape[] {one});
        store = new ParameterStore(manager, false);
        if (objective instanceof AdaptiveObjective adaptive) {
            adaptive.initialize(manager, terms());
        }
        train();
    }

    private BoundTerms terms() {
        return model.boundTerms(
                Pass.evaluation(store, manager, Noise.seeded(0, 0, 0)),
                data(manager, 2, 1),
                condition(manager, 2, 1),
                1);
    }

    private void train() {
        List<NDArray> arrays =
                model.getParameters().values().stream().map(Parameter::getArray).toList();
        try (FusedAdam adam = new FusedAdam(manager, arrays, new FusedAdam.Settings())) {
            for (int step = 0; step < STEPS; step++) {
                try (NDManager batch = manager.newSubManager()) {
                    LeafParameters leaves = adam.leaves(store, batch);
                    backward(
                            Pass.training(leaves, batch, Noise.seeded(1, step, 0)), SQUARES, 1, new PathwiseGradient());
                    adam.step(leaves, 0.02, step);
                }
            }
        }
    }

    private void backward(Pass pass, int images, int copies, GradientEstimator estimator) {
        NDArray x = data(pass.batch(), images, copies);
        Condition condition = condition(pass.batch(), images, copies);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            estimator.backward(tape, model, pass, x, condition, objective);
        }
    }

    private Condition condition(NDManager batch, int images, int copies) {
        if (recipe.data().condition() != ConditionName.LABEL) {
            return Condition.none();
        }
        NDArray classes = batch.arange(0, images, 1, DataType.INT64).mod(2).repeat(0, copies);
        return Condition.given(classes.oneHot(2, DataType.FLOAT64));
    }

    /**
     * The largest |t| of the paired differences of an estimator's gradient from the reparameterized one, for encoder
     * and decoder each, along the mean of the latter and along random directions.
     */
    double largestT(GradientEstimator estimator, int from, int rounds) {
        Gradients reference =
                references.computeIfAbsent(List.of(from, rounds), key -> sample(new PathwiseGradient(), from, rounds));
        Gradients sample = sample(estimator, from, rounds);
        return Math.max(
                largestT(reference.encoder(), sample.encoder()), largestT(reference.decoder(), sample.decoder()));
    }

    private static boolean ofEncoder(String name) {
        return name.matches(".*(encoder|posterior).*");
    }

    private static double largestT(List<double[]> reference, List<double[]> sample) {
        Random random = new Random(3);
        double[] mean = mean(reference);
        Stream<double[]> directions = Stream.concat(
                Stream.of(mean),
                Stream.generate(() -> random.doubles(mean.length, -1, 1).toArray())
                        .limit(DIRECTIONS));
        double rounding = 1e-10 * Math.sqrt(dot(mean, mean));
        return directions
                .mapToDouble(direction -> t(
                        IntStream.range(0, sample.size())
                                .mapToDouble(r -> dot(direction, sample.get(r)) - dot(direction, reference.get(r)))
                                .toArray(),
                        rounding * Math.sqrt(dot(direction, direction))))
                .max()
                .orElseThrow();
    }

    /** The same noise in the same repetition for every estimator. */
    private Gradients sample(GradientEstimator estimator, int from, int rounds) {
        // a batch of copies would hide what an objective makes of the noise of its batch
        int each = objective instanceof BatchCoupled ? COPIES : 1;
        Gradients gradients = new Gradients(new ArrayList<>(), new ArrayList<>());
        for (int repeat = from * each; repeat < (from + rounds) * each; repeat++) {
            try (NDManager batch = manager.newSubManager()) {
                backward(Pass.training(store, batch, Noise.seeded(17, repeat, 0)), 2, copies(), estimator);
            }
            take(gradients);
        }
        return gradients;
    }

    private int copies() {
        return objective instanceof BatchCoupled ? 1 : COPIES;
    }

    /** Reads the gradients and sets them to zero. */
    private void take(Gradients gradients) {
        DoubleStream.Builder encoder = DoubleStream.builder();
        DoubleStream.Builder decoder = DoubleStream.builder();
        for (Pair<String, Parameter> named : model.getParameters()) {
            if (named.getValue().requiresGradient()) {
                try (NDArray gradient = named.getValue().getArray().getGradient()) {
                    Arrays.stream(gradient.toDoubleArray()).forEach(ofEncoder(named.getKey()) ? encoder : decoder);
                    gradient.subi(gradient);
                }
            }
        }
        gradients.encoder().add(encoder.build().toArray());
        gradients.decoder().add(decoder.build().toArray());
    }

    private NDArray data(NDManager batch, int images, int copies) {
        float[] pixels = levels();
        double[] values = new double[images * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            double gray = pixels[i];
            values[i] = recipe.data().values() == ValueTransform.AS_STORED ? gray : Math.rint(gray);
        }
        try (NDArray made = batch.create(values, new Shape(images).addAll(event))) {
            return made.repeat(0, copies);
        }
    }

    /** Squares of four sizes, of two classes, with an edge of gray. */
    private static Dataset squares() {
        Values values = Values.ofFloats(FloatBuffer.wrap(levels()), SQUARES, new Shape(1, SIDE, SIDE));
        Examples examples = new Examples(
                values,
                Labels.numbered(2, IntStream.range(0, SQUARES).map(i -> i % 2).toArray()));
        return new ArrayDataset("squares", examples, examples, new Provenance("test", Map.of()));
    }

    /** From 0 to 1, [SQUARES, SIDE, SIDE]. */
    private static float[] levels() {
        float[] levels = new float[SQUARES * SIDE * SIDE];
        for (int i = 0; i < levels.length; i++) {
            int square = i / (SIDE * SIDE);
            int inside = 1 + square % 4;
            int distance = Math.max(Math.abs(i / SIDE % SIDE - 4), Math.abs(i % SIDE - 4));
            levels[i] = distance < inside ? 1 : distance == inside ? 100 / 255f : 0;
        }
        return levels;
    }

    private static double[] mean(List<double[]> sample) {
        double[] mean = new double[sample.get(0).length];
        for (double[] row : sample) {
            Arrays.setAll(mean, p -> mean[p] + row[p] / sample.size());
        }
        return mean;
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /** Differences as small as roundings are none. */
    private static double t(double[] differences, double rounding) {
        double mean = IntStream.range(0, differences.length)
                .mapToDouble(i -> differences[i])
                .average()
                .orElseThrow();
        double squares = IntStream.range(0, differences.length)
                .mapToDouble(i -> (differences[i] - mean) * (differences[i] - mean))
                .sum();
        double error = Math.sqrt(squares / (differences.length - 1) / differences.length);
        return Math.abs(mean) <= rounding ? 0 : Math.abs(mean) / error;
    }

    @Override
    public void close() {
        manager.close();
    }
}
