package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.ImageSteps;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model decodes on the straight line between the codes of two test images, {@code (1 - t) z + t z'} in every
 * stochastic layer. An autoencoder was never asked what lies between codes; a VAE was.
 */
final class Interpolation implements RunFigure {

    private static final int PAIRS = 4;
    private static final int STEPS = 9;
    private static final List<String> ENDS = List.of("x", "z", "", "", "", "", "", "", "", "z'", "x'");

    @Override
    public String name() {
        return "interpolation";
    }

    @Override
    public String summary() {
        return "From one test image to another, on a straight line between their codes";
    }

    @Override
    public Effort effort() {
        return Effort.QUICK;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return Requirements.images(run).or(() -> Requirements.continuousLatents(run));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        ImageRows rows = new ImageRows(run.view().summary().event());
        List<ImageSteps> steps = new ArrayList<>();
        for (List<Integer> pair : pairs(run, options)) {
            try (NDManager scratch = run.trained().newManager()) {
                Minibatch ends = ChosenExamples.batch(run, scratch, pair, options.seed());
                float[] between = between(run, ends).toFloatArray();
                steps.add(ImageSteps.along(between, STEPS));
                rows.add(
                        pair.stream().map(place -> called(run, place)).collect(Collectors.joining(" to ")),
                        ends.x().get(0).toFloatArray(),
                        between,
                        ends.x().get(1).toFloatArray());
            }
        }
        String finding = String.format(
                Locale.ROOT,
                "From each of %d pictures to the next, pixels change by %.3f on average and by %.3f at most (root mean"
                        + " square).",
                STEPS,
                steps.stream().mapToDouble(ImageSteps::mean).average().orElseThrow(),
                steps.stream().mapToDouble(ImageSteps::largest).max().orElseThrow());
        String title = run.name() + ": between the codes of two test images";
        return new Part(List.of(rows.panel(title, finding, ENDS)), finding);
    }

    /** The means of p(x|z) from one end to the other, [STEPS, 1, ...X]. */
    private static NDArray between(Subject run, Minibatch ends) {
        LatentCodec codec = new LatentCodec(run.trained());
        NDManager owner = ends.x().getManager();
        List<NDArray> line = new ArrayList<>();
        for (NDArray latents : codec.encode(ends)) {
            NDArray from = latents.get(":, 0:1");
            long[] ones = new long[latents.getShape().dimension()];
            Arrays.fill(ones, 1);
            ones[0] = STEPS;
            NDArray t = owner.linspace(0f, 1f, STEPS).reshape(new Shape(ones));
            line.add(from.add(latents.get(":, 1:2").sub(from).mul(t)));
        }
        Condition condition = ends.condition() instanceof Condition.Given given
                ? Condition.given(given.values().get("0:1"))
                : Condition.none();
        return codec.decode(owner, line, STEPS, condition, 0);
    }

    /** Pairs that were chosen; otherwise of two classes, or of one class where that is given to the model. */
    private static List<List<Integer>> pairs(Subject run, FigureOptions options) {
        List<Integer> chosen = ChosenExamples.of(run, options, run.count());
        if (options.chosen().isEmpty()) {
            return usual(run);
        }
        List<List<Integer>> pairs = IntStream.range(0, chosen.size() / 2)
                .mapToObj(i -> chosen.subList(2 * i, 2 * i + 2))
                .toList();
        if (chosen.size() % 2 != 0) {
            throw new InvalidInput(
                    chosen.size() + " examples are no pairs", "--choose", "give two, or two for each row");
        }
        boolean mixed = pairs.stream().anyMatch(pair -> !isOneClass(run, pair.get(0), pair.get(1)));
        if (run.view().conditionClasses().isPresent() && mixed) {
            throw new InvalidInput(
                    "the class is given to this model, and two examples are of different ones",
                    "--choose",
                    "choose two of one class");
        }
        return pairs;
    }

    private static List<List<Integer>> usual(Subject run) {
        boolean alike = run.view().conditionClasses().isPresent()
                || run.test().labels().classNames().isEmpty();
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, run.count()).boxed().toList());
        List<List<Integer>> pairs = new ArrayList<>();
        while (pairs.size() < PAIRS && !left.isEmpty()) {
            int first = left.remove(0);
            Optional<Integer> second = left.stream()
                    .filter(other -> isOneClass(run, first, other) == alike)
                    .findFirst();
            second.ifPresent(other -> {
                left.remove(other);
                pairs.add(List.of(first, other));
            });
        }
        if (pairs.isEmpty()) {
            throw new InvalidInput(
                    "no two test examples make a pair", run.name(), "choose two by their places, as by --choose 0,1");
        }
        return Collections.unmodifiableList(pairs);
    }

    private static boolean isOneClass(Subject run, int one, int other) {
        return !(run.test().labels() instanceof Labels.Classes known) || known.of()[one] == known.of()[other];
    }

    private static String called(Subject run, int place) {
        return run.test().labels() instanceof Labels.Classes known
                ? known.classNames().get(known.of()[place])
                : Integer.toString(place);
    }
}
