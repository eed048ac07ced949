package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.ImageSteps;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
        return RunRequirements.images(run).or(() -> RunRequirements.continuousLatents(run));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        ImageRows rows = new ImageRows(run.view().summary().event());
        List<ImageSteps> steps = new ArrayList<>();
        for (List<Integer> pair : ExamplePairs.of(run, options, PAIRS)) {
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

    private static String called(Subject run, int place) {
        return run.test().labels() instanceof Labels.Classes known
                ? known.classNames().get(known.of()[place])
                : Integer.toString(place);
    }
}
