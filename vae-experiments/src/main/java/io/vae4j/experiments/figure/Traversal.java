package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.drawing.Panel;
import io.vae4j.experiments.evaluation.DimensionKl;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What each latent dimension stands for: the code of a test example with one dimension at a time moved through -2.5 to
 * 2.5, which holds nearly all of N(0, 1). The rows are ordered by the KL of their dimension, and one without KL changes
 * nothing. Higgins et al. 2017, figure 3
 */
final class Traversal implements RunFigure {

    private static final int EXAMPLES = 2;
    private static final int MEASURED = 1000;
    private static final int MOST_ROWS = 10;
    private static final int STEPS = 11;
    private static final float REACH = 2.5f;

    /** Less than a hundredth of a nat tells nothing of an example. */
    private static final double USED = 0.01;

    private static final List<String> COLUMNS = List.of("x", "-2.5", "", "", "", "", "0", "", "", "", "", "2.5");

    @Override
    public String name() {
        return "traversal";
    }

    @Override
    public String summary() {
        return "What each latent dimension changes in a test example, from that with the largest KL";
    }

    @Override
    public Effort effort() {
        return Effort.QUICK;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return RunRequirements.images(run)
                .or(() -> RunRequirements.continuousLatents(run))
                .or(() -> RunRequirements.klOfEachDimension(run));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        DimensionKl kl = DimensionKl.of(run.evaluator(), Math.min(MEASURED, run.count()), options.seed())
                .orElseThrow(() -> new IllegalStateException("the KL was there when it was asked for"));
        List<Panel> panels = new ArrayList<>();
        for (int place : ChosenExamples.of(run, options, EXAMPLES)) {
            panels.add(panel(run, place, kl, options.seed()));
        }
        long used = kl.nats().stream().filter(nats -> nats > USED).count();
        double all = kl.nats().stream().mapToDouble(nats -> nats).sum();
        return new Part(
                panels,
                String.format(
                        Locale.ROOT,
                        "%2$d of %1$d latent dimensions have a KL above %3$.2f nats; the largest has %4$.2f of %5$.2f.",
                        kl.nats().size(),
                        used,
                        USED,
                        kl.nats().get(kl.ranked().get(0)),
                        all));
    }

    private static Panel panel(Subject run, int place, DimensionKl kl, long seed) {
        ImageRows rows = new ImageRows(run.view().summary().event());
        try (NDManager scratch = run.trained().newManager()) {
            Minibatch example = ChosenExamples.batch(run, scratch, List.of(place), seed);
            LatentCodec codec = new LatentCodec(run.trained());
            NDArray code = codec.encode(example).get(0);
            for (int dimension : kl.ranked().stream().limit(MOST_ROWS).toList()) {
                NDArray moved = moved(code, dimension);
                rows.add(
                        String.format(Locale.ROOT, "%.2f nats", kl.nats().get(dimension)),
                        example.x().toFloatArray(),
                        codec.decode(scratch, List.of(moved), STEPS, example.condition(), 0)
                                .toFloatArray());
            }
        }
        String title = run.name() + ": test example " + place;
        return rows.panel(title, "one latent dimension in each row, with its mean KL", COLUMNS);
    }

    /** The code with one dimension at each place of the way, [STEPS, 1, ...Z]. */
    private static NDArray moved(NDArray code, int dimension) {
        float[] one = code.toFloatArray();
        float[] all = new float[STEPS * one.length];
        for (int step = 0; step < STEPS; step++) {
            System.arraycopy(one, 0, all, step * one.length, one.length);
            all[step * one.length + dimension] = REACH * (2f * step / (STEPS - 1) - 1);
        }
        return code.getManager()
                .create(all, new Shape(STEPS).addAll(code.getShape().slice(1)));
    }
}
