package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.training.ModelState;
import io.vae4j.models.LinearGaussian;
import io.vae4j.models.Vae;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.network.Initialization;
import java.util.Map;
import java.util.Objects;

/**
 * A linear-Gaussian model of four numbers with two latents, whose columns of W are orthogonal: so its posterior
 * factorizes, and the affine family holds it exactly.
 */
final class ExactModel {

    static final double[][] W = {{0.9, 0.6}, {0.9, -0.6}, {0.9, 0.6}, {0.9, -0.6}};
    static final double[] B = {0.3, -0.2, 0.1, 0.5};
    static final double SIGMA = 0.5;

    private ExactModel() {}

    /** @param shift of the posterior's mean and of its log scale, 0 for the exact one */
    static Vae of(NDManager manager, double shift) {
        Vae model = new LinearGaussian(new Shape(4), 2, new GlobalScale.Fixed(SIGMA), Initialization.FAN_IN_UNIFORM)
                .withAffinePosterior();
        model.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
        Map<String, NDArray> tensors = ModelState.tensors(model);
        float[] loading = new float[8];
        float[] slope = new float[8];
        float[] start = new float[2];
        float[] logScale = new float[2];
        for (int d = 0; d < 2; d++) {
            double precision = 1;
            for (double[] row : W) {
                precision += row[d] * row[d] / (SIGMA * SIGMA);
            }
            for (int x = 0; x < 4; x++) {
                loading[2 * x + d] = (float) W[x][d];
                slope[4 * d + x] = (float) (W[x][d] / (SIGMA * SIGMA) / precision);
                start[d] -= (float) (W[x][d] / (SIGMA * SIGMA) / precision * B[x]);
            }
            start[d] += (float) shift;
            // the parameter is softly bounded, by 10 tanh(raw / 10)
            double bounded = (-0.5 * Math.log(precision) + shift) / 10;
            logScale[d] = (float) (5 * Math.log((1 + bounded) / (1 - bounded)));
        }
        write(manager, tensors, "decoder.likelihood.loc.weight", loading);
        write(manager, tensors, "decoder.likelihood.loc.bias", 0.3f, -0.2f, 0.1f, 0.5f);
        write(manager, tensors, "posterior.loc.weight", slope);
        write(manager, tensors, "posterior.loc.bias", start);
        write(manager, tensors, "posterior.logScale", logScale);
        return model;
    }

    private static void write(NDManager manager, Map<String, NDArray> tensors, String name, float... values) {
        NDArray target = Objects.requireNonNull(tensors.get(name));
        try (NDArray source = manager.create(values, target.getShape())) {
            Aten.overwrite(target, source);
        }
    }

    static Pass pass(NDManager owner, long seed, long step) {
        return Pass.evaluation(new ParameterStore(owner, false), owner, Noise.seeded(seed, step, 0));
    }
}
