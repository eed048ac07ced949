package io.vae4j.experiments.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.models.LinearGaussian;
import io.vae4j.models.Vae;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.network.Initialization;
import java.util.Arrays;
import java.util.Map;

/**
 * A linear-Gaussian model whose approximate posterior is the exact one but for its scale, which is multiplied by a
 * factor: {@code p(z) = N(0, I)}, {@code p(x|z) = N(z, I)}, {@code p(z|x) = N(x/2, I/2)} and {@code q(z|x) = N(x/2, f^2
 * I/2)} in D dimensions, with {@code log p(x) = log N(x; 0, 2 I)}.
 *
 * <p>The weight {@code w = p(x,z) / q(z|x)} is bounded, by {@code f^D p(x)}, where f is 1 or more. Below 1 it grows
 * without end in q's tails, and for {@code f^2 <= 1/2} its variance is infinite.
 */
public final class ScaledPosterior {

    private static final double LOG_NORMALIZER = Math.log(4 * Math.PI) / 2;
    private static final int PORTION = 1000;

    private final int dimensions;
    private final long seed;

    /** @param dimensions D of z and of x */
    public ScaledPosterior(int dimensions, long seed) {
        this.dimensions = dimensions;
        this.seed = seed;
    }

    /**
     * What was drawn.
     *
     * @param weights of examples drawn from the model, by samples of q
     * @param logLikelihood the exact log p(x) of each, nats
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    public record Drawn(LogWeights weights, double[] logLikelihood) {}

    /**
     * Draws examples from the model, the same for every factor, and weights of each; on the CPU, for it is little work.
     *
     * @param factor that q's scale is multiplied by
     * @param samples K of each example
     */
    public Drawn draw(double factor, int examples, int samples) {
        // the manager comes first, for it starts the engine
        try (NDManager owner = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            return WithoutGradient.compute(() -> drawn(owner, factor, examples, samples));
        }
    }

    private Drawn drawn(NDManager owner, double factor, int examples, int samples) {
        NDArray like = owner.zeros(new Shape(1), DataType.FLOAT64);
        // x = z + eps, each of variance 1
        NDArray x = Ops.scale(noise(0).normal(new Shape(examples, dimensions), like), Math.sqrt(2));
        double[][] weights = new double[examples][samples];
        Vae model = model(owner, factor);
        for (int done = 0; done < samples; done += PORTION) {
            fill(weights, done, model, x);
        }
        return new Drawn(new LogWeights(weights), logLikelihood(x));
    }

    private void fill(double[][] weights, int done, Vae model, NDArray x) {
        int count = Math.min(PORTION, weights[0].length - done);
        try (NDManager scratch = x.getManager().newSubManager()) {
            x.tempAttach(scratch);
            Pass pass = Pass.evaluation(new ParameterStore(scratch, false), scratch, noise(1L + done / PORTION));
            double[] drawn = model.boundTerms(pass, x, Condition.none(), count)
                    .logWeight()
                    .toDoubleArray();
            for (int i = 0; i < drawn.length; i++) {
                weights[i % weights.length][done + i / weights.length] = drawn[i];
            }
        }
    }

    private Noise noise(long step) {
        return Randomness.of(seed).noise(RandomStream.EVALUATION_NOISE, step);
    }

    private Vae model(NDManager owner, double factor) {
        Shape event = new Shape(dimensions);
        GlobalScale scale = new GlobalScale.Fixed(factor * Math.sqrt(0.5));
        Vae model = new LinearGaussian(event, dimensions, new GlobalScale.Fixed(1), Initialization.FAN_IN_UNIFORM)
                .with(new GlobalScaleGaussian(event, scale, Initialization.FAN_IN_UNIFORM));
        model.initialize(owner, DataType.FLOAT64, new Shape(1, dimensions));
        Map<String, NDArray> parameters = ModelState.tensors(model);
        NDArray identity = owner.eye(dimensions, dimensions, 0, DataType.FLOAT64);
        parameters.forEach((name, array) -> {
            if (name.endsWith("bias")) {
                array.subi(array);
            } else {
                Aten.overwrite(array, name.startsWith("posterior") ? Ops.scale(identity, 0.5) : identity);
            }
        });
        return model;
    }

    private double[] logLikelihood(NDArray x) {
        return Arrays.stream(x.square().sum(new int[] {1}).toDoubleArray())
                .map(squares -> -squares / 4 - dimensions * LOG_NORMALIZER)
                .toArray();
    }
}
