package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.experiments.drawing.ImageGrid;
import io.vae4j.experiments.drawing.ImagePanel;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.evaluation.NormalQuantiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a model with two latent dimensions decodes all over its latent plane: at the quantiles of the prior N(0, I), so
 * that each picture stands for an equal share of it. Kingma and Welling 2014, figure 4, https://arxiv.org/abs/1312.6114
 */
final class Manifold implements RunFigure {

    private static final int SIDE = 15;

    @Override
    public String name() {
        return "manifold";
    }

    @Override
    public String summary() {
        return "The means of p(x|z) all over the plane of two latent dimensions (Kingma and Welling 2014, figure 4)";
    }

    @Override
    public Effort effort() {
        return Effort.QUICK;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return RunRequirements.images(run)
                .or(() -> LatentShape.requireDimensions(run, 2))
                .or(() -> RunRequirements.standardNormalPrior(run));
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        try (NDManager scratch = run.trained().newManager()) {
            GivenClass given = GivenClass.of(run, options);
            float[] quantiles = NormalQuantiles.middles(scratch, SIDE);
            Condition condition = given.condition(scratch);
            NDArray means = new LatentCodec(run.trained())
                    .decode(scratch, List.of(plane(scratch, quantiles)), SIDE * SIDE, condition, 0);
            ImageGrid grid =
                    ImageGrid.of(means.toFloatArray(), run.view().summary().event(), SIDE);
            String finding = String.format(
                    Locale.ROOT,
                    "Each of the %d pictures stands for an equal share of the prior; the outermost lie at %.2f.",
                    SIDE * SIDE,
                    quantiles[SIDE - 1]);
            return new Part(
                    List.of(new ImagePanel(run.name() + ": decoded latent plane" + given.inWords(), finding, grid)),
                    finding);
        }
    }

    /** The first dimension grows to the right and the second upwards, as on the latent plane, [SIDE * SIDE, 1, 2]. */
    private static NDArray plane(NDManager owner, float[] quantiles) {
        float[] latents = new float[2 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            latents[2 * i] = quantiles[i % SIDE];
            latents[2 * i + 1] = quantiles[SIDE - 1 - i / SIDE];
        }
        return owner.create(latents, new Shape(SIDE * SIDE, 1, 2));
    }
}
