package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.drawing.Panel;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a known factor or a class changes: the code of a test example, moved along the difference of the mean codes of
 * examples without and with it. That such lines mean something is not what a model was asked for.
 */
final class Attributes implements RunFigure {

    private static final int EXAMPLES = 2;
    private static final int MEASURED = 1000;
    private static final int PORTION = 100;
    private static final int MOST_ROWS = 12;
    private static final int STEPS = 7;
    private static final List<String> COLUMNS = List.of("x", "-1", "", "", "z", "", "", "+1");

    @Override
    public String name() {
        return "attributes";
    }

    @Override
    public String summary() {
        return "What each known factor or class changes, along the difference of mean codes";
    }

    /** It says as much of the labels as of the model: people ask for it. */
    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return RunRequirements.images(run)
                .or(() -> RunRequirements.continuousLatents(run))
                .or(() -> RunRequirements.oneLayer(run))
                .or(() -> run.test().labels() instanceof Labels.None
                        ? Optional.of("its examples have no classes and no known factors; take a run on data that"
                                + " have, such as faces-32")
                        : Optional.empty());
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        int count = Math.min(MEASURED, run.count());
        Labels labels = run.test().labels().select(IntStream.range(0, count).toArray());
        List<AttributeDirection> found = AttributeDirection.of(labels, codes(run, count, options.seed())).stream()
                .limit(MOST_ROWS)
                .toList();
        if (found.isEmpty()) {
            return new Part(List.of(), "No two of " + count + " examples have a value in common.");
        }
        List<Panel> panels = new ArrayList<>();
        for (int place : ChosenExamples.of(run, options, EXAMPLES)) {
            panels.add(panel(run, place, found, options.seed()));
        }
        Comparator<AttributeDirection> order = Comparator.comparingDouble(AttributeDirection::separation);
        AttributeDirection least = found.stream().min(order).orElseThrow();
        AttributeDirection most = found.stream().max(order).orElseThrow();
        String finding = String.format(
                Locale.ROOT,
                "Along its line, the mean codes of %s lie %.1f standard deviations apart, the most, and those of %s"
                        + " %.1f, the least.",
                most.name(),
                most.separation(),
                least.name(),
                least.separation());
        return new Part(panels, finding);
    }

    /** The centers of q(z|x) of the first examples, [count][Z]. */
    private static double[][] codes(Subject run, int count, long seed) {
        LatentCodec codec = new LatentCodec(run.trained());
        double[][] codes = new double[count][];
        for (int from = 0; from < count; from += PORTION) {
            int to = Math.min(from + PORTION, count);
            try (NDManager scratch = run.trained().newManager()) {
                NDArray z = codec.encode(run.examples(scratch, from, to, seed)).get(0);
                double[] flat = z.toType(DataType.FLOAT64, false).toDoubleArray();
                int dimensions = flat.length / (to - from);
                for (int i = from; i < to; i++) {
                    codes[i] = Arrays.copyOfRange(flat, (i - from) * dimensions, (i - from + 1) * dimensions);
                }
            }
        }
        return codes;
    }

    private static Panel panel(Subject run, int place, List<AttributeDirection> found, long seed) {
        ImageRows rows = new ImageRows(run.view().summary().event());
        try (NDManager scratch = run.trained().newManager()) {
            Minibatch example = ChosenExamples.batch(run, scratch, List.of(place), seed);
            LatentCodec codec = new LatentCodec(run.trained());
            NDArray code = codec.encode(example).get(0);
            for (AttributeDirection direction : found) {
                NDArray moved = moved(code, direction.vector());
                rows.add(
                        direction.name(),
                        example.x().toFloatArray(),
                        codec.decode(scratch, List.of(moved), STEPS, example.condition(), 0)
                                .toFloatArray());
            }
        }
        String title = run.name() + ": test example " + place;
        return rows.panel(title, "moved by -1 to 1 times the difference of mean codes", COLUMNS);
    }

    /** The code at each place of the way, [STEPS, 1, ...Z]. */
    private static NDArray moved(NDArray code, double... vector) {
        float[] start = code.toFloatArray();
        float[] all = new float[STEPS * start.length];
        for (int step = 0; step < STEPS; step++) {
            double share = 2.0 * step / (STEPS - 1) - 1;
            for (int d = 0; d < start.length; d++) {
                all[step * start.length + d] = (float) (start[d] + share * vector[d]);
            }
        }
        return code.getManager()
                .create(all, new Shape(STEPS).addAll(code.getShape().slice(1)));
    }
}
