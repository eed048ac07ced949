package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The straight line between the codes of two examples, {@code (1 - t) z + t z'} in every stochastic layer. */
public final class LatentLine {

    private LatentLine() {}

    /**
     * The means of p(x|z) along the line.
     *
     * @param from [B, ...X]
     * @param to [B, ...X]
     * @param points of the line, from 0 to 1
     * @return [points, B, ...X]; it belongs to the pass
     * @throws IllegalArgumentException if latents are codes, between which there is nothing
     */
    public static NDArray means(
            LatentModel model, Pass pass, NDArray from, NDArray to, Condition condition, float... points) {
        List<NDArray> starts = latents(model, pass, from, condition);
        List<NDArray> ends = latents(model, pass, to, condition);
        List<NDArray> line = new ArrayList<>();
        for (int layer = 0; layer < starts.size(); layer++) {
            NDArray start = starts.get(layer);
            NDArray t = parameter(pass, points, start.getShape().dimension());
            line.add(start.add(ends.get(layer).sub(start).mul(t)));
        }
        return model.generate(pass, line, points.length, condition).mean();
    }

    /**
     * Points at equal distances, the ends 0 and 1 among them.
     *
     * @param steps how many there are, at least 2
     * @param from the first one that is wanted
     * @param to the one behind the last
     */
    public static float[] points(int steps, int from, int to) {
        float[] points = new float[to - from];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) ((from + i) / (steps - 1.0));
        }
        return points;
    }

    /** [points, 1, ...]. */
    private static NDArray parameter(Pass pass, float[] points, int rank) {
        long[] ones = new long[rank];
        Arrays.fill(ones, 1);
        ones[0] = points.length;
        return pass.batch().create(points, new Shape(ones));
    }

    /** The centers of the layers' posteriors, the topmost first, [1, B, ...Z]. */
    private static List<NDArray> latents(LatentModel model, Pass pass, NDArray x, Condition condition) {
        BoundTerms terms = model.boundTerms(pass.with(Noise.zero()), x, condition, 1);
        List<NDArray> latents = new ArrayList<>();
        terms.layers()
                .forEach(layer ->
                        latents.add(layer.inference().requireContinuous().latent()));
        Collections.reverse(latents);
        return latents;
    }
}
