package io.vae4j.models.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.SeparatelyTrained;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import java.util.List;

/**
 * A network that tells latents z ~ q(z) from others whose dimensions were shuffled among the examples, z ~ prod_j
 * q(z_j). It learns by the cross-entropy of its guesses, {@code 1/2 (softplus(-l(z)) + softplus(l(z')))}, and its logit
 * l(z) then estimates {@code log q(z) - sum_j log q(z_j)}. Kim and Mnih 2018, eq. 3 and algorithm 2,
 * https://arxiv.org/abs/1802.05983
 *
 * <p>One logit stands for the paper's two, of which only the difference is used. The paper shuffles the latents of a
 * second batch, so that z and z' are independent; here z' is made of the step's own latents, as encoded before the
 * update, which costs no second pass: of each z', one dimension in B is on average the example's own.
 */
public final class Discriminator extends TypedBlock implements SeparatelyTrained {

    private static final TorchFunction SHUFFLED =
            TorchFunction.of("z, keys", "torch.take_along_dim(z, torch.argsort(keys, 0, False), 0)");

    private final Mlp hidden;
    private final Dense logit;
    private final Learning learning;

    /**
     * How it learns.
     *
     * @param settings of its Adam
     * @param rate the learning rate, not negative
     */
    public record Learning(FusedAdam.Settings settings, double rate) {

        public Learning {
            if (!(rate >= 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException(
                        "the discriminator's learning rate is " + rate + "; expected a finite number, 0 or more");
            }
        }
    }

    /** @param widths of the hidden layers, whose activation is the leaky rectifier; six of 1000 in the paper */
    public Discriminator(List<Integer> widths, Learning learning, Initialization start) {
        hidden = child("hidden", new Mlp(widths, Activation.LEAKY_RELU, start));
        logit = child("logit", new Dense(1, start));
        this.learning = learning;
    }

    /**
     * l(z), which estimates {@code log q(z) - sum_j log q(z_j)}.
     *
     * @param z [K, B, ...Z]
     * @return [K, B], nats
     */
    public NDArray logRatio(Pass pass, NDArray z) {
        return logit.apply(pass, hidden.features(pass, z, Condition.none())).squeeze(-1);
    }

    @Override
    public NDArray loss(Pass pass, CompletedStep step) {
        NDArray z = step.terms()
                .onlyLayer("a discriminator of latents")
                .inference()
                .latent()
                .stopGradient();
        z.attach(pass.batch());
        NDArray joint = Ops.softplus(logRatio(pass, z).neg());
        NDArray product = Ops.softplus(logRatio(pass, shuffled(z, pass.noise())));
        return Ops.scale(joint.add(product), 0.5).mean(new int[] {0});
    }

    /**
     * Each dimension shuffled by itself among the examples of a sample: z ~ prod_j q(z_j). Kim and Mnih 2018, algorithm
     * 1.
     *
     * @param z [K, B, ...Z]
     */
    static NDArray shuffled(NDArray z, Noise noise) {
        NDArray examplesFirst = z.swapAxes(0, 1);
        NDArray keys = noise.uniform(examplesFirst.getShape(), z);
        return SHUFFLED.apply(examplesFirst, keys).swapAxes(0, 1);
    }

    @Override
    public FusedAdam.Settings optimizer() {
        return learning.settings();
    }

    @Override
    public double learningRate(long index) {
        return learning.rate();
    }

    /** The logits of latents [B, ...Z], [B]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(logRatio(pass, singleSample(pass, inputs.head())).squeeze(0));
    }
}
