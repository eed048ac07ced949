package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.inference.LatentLine;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.output.Contents;
import io.vae4j.experiments.output.OutputFile;
import io.vae4j.experiments.output.OutputTarget;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * What a model makes of the straight line between the codes of two examples: {@code mean} of p(x|z) for {@code t} from
 * 0 to 1, with the places {@code from} and {@code to} of the examples; a picture has a row for each pair.
 *
 * @param pairs of places of examples, from 0
 * @param steps how many points of each line, the ends among them
 */
public record Interpolations(List<Pair> pairs, int steps) {

    /** Of a line, at a time. */
    private static final long POINTS = 1000;

    /** Two examples, by their places from 0. */
    public record Pair(int from, int to) {}

    public Interpolations {
        pairs = List.copyOf(pairs);
    }

    /**
     * Writes the lines.
     *
     * @param progress told how many pairs are done
     * @throws InvalidInput if an example does not exist, if two are of different classes and the model is given the
     *     class, or if latents are codes
     */
    public Path write(BatchInference inference, OutputTarget target, DoubleConsumer progress) throws IOException {
        TrainedModel trained = inference.trained();
        pairs.forEach(pair -> requireThere(inference, pair));
        requireContinuous(trained);
        DataUnits units = new DataUnits(trained.view().summary());
        List<Column> columns = List.of(
                Column.numbers("from", DataType.INT64, new Shape()),
                Column.numbers("to", DataType.INT64, new Shape()),
                Column.numbers("t", DataType.FLOAT32, new Shape()),
                units.column("mean", Column.Use.BOTH));
        long rows = (long) pairs.size() * steps;
        try (OutputFile file = target.open(new Contents(columns, rows, steps))) {
            for (int done = 0; done < pairs.size(); ) {
                int before = done;
                append(inference, pairs.get(done), units, file, share -> progress.accept(before + share));
                progress.accept(++done);
            }
            return file.commit();
        }
    }

    private void append(BatchInference inference, Pair pair, DataUnits units, OutputFile file, DoubleConsumer progress)
            throws IOException {
        try (NDManager owner = inference.trained().newManager()) {
            ExampleBatch from = inference.example(owner, pair.from());
            ExampleBatch to = inference.example(owner, pair.to());
            requireOneCondition(from.condition(), to.condition(), pair);
            int most =
                    (int) SamplePortion.of(inference.trained().model(), from.x().getShape(), POINTS);
            for (int done = 0; done < steps; ) {
                int next = (int) Math.min((long) done + most, steps);
                float[] points = LatentLine.points(steps, done, next);
                try (NDManager portion = owner.newSubManager()) {
                    NDArray means = inference.trained().interpolate(from.x(), to.x(), from.condition(), points);
                    means.attach(portion);
                    file.write(Map.of(
                            "from", same(portion, pair.from(), points.length),
                            "to", same(portion, pair.to(), points.length),
                            "t", portion.create(points),
                            "mean", units.values(means.squeeze(1))));
                }
                done = next;
                progress.accept((double) done / steps);
            }
        }
    }

    private static NDArray same(NDManager owner, long place, int count) {
        long[] same = new long[count];
        Arrays.fill(same, place);
        return owner.create(same);
    }

    private static void requireThere(BatchInference inference, Pair pair) {
        for (int place : new int[] {pair.from(), pair.to()}) {
            if (place < 0 || place >= inference.count()) {
                throw new InvalidInput(
                        "there is no example " + place + " among " + inference.count(),
                        "interpolate",
                        "give --from and --to places from 0 to " + (inference.count() - 1));
            }
        }
    }

    private static void requireContinuous(TrainedModel trained) {
        try (NDManager scratch = trained.newManager()) {
            Minibatch zeros = trained.view().zeros(scratch);
            if (trained.codes(zeros.x(), zeros.condition()).stream()
                    .anyMatch(layer -> layer.codes().isPresent())) {
                throw new InvalidInput(
                        "the model's latents are codes, between which there is nothing",
                        "interpolate",
                        "take a model with continuous latents, such as vae");
            }
        }
    }

    private static void requireOneCondition(Condition from, Condition to, Pair pair) {
        if (from instanceof Condition.Given one
                && to instanceof Condition.Given other
                && Ops.sumEvents(one.values().sub(other.values()).abs(), 2).getFloat() > 0) {
            throw new InvalidInput(
                    "the model is given the class, and examples " + pair.from() + " and " + pair.to()
                            + " are of different ones",
                    "interpolate",
                    "take two of one class, or give --condition");
        }
    }
}
