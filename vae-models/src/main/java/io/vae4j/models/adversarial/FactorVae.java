package io.vae4j.models.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Ops;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.AdaptiveObjective;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Objective;

/**
 * Minus the ELBO plus gamma times the total correlation of the aggregate posterior, {@code TC = KL(q(z) || prod_j
 * q(z_j))}, as a discriminator estimates it. Kim and Mnih 2018, eq. 2 and 3, https://arxiv.org/abs/1802.05983
 *
 * <p>The discriminator learns after each step of the model; the model sees it as a constant, and moves its latents to
 * where it cannot tell them from shuffled ones. Beside {@code BetaTcVae}, which estimates the same TC by the densities
 * of a batch, this needs no density, and lags behind the model by what the discriminator has not learned yet.
 *
 * @param gamma the weight of the total correlation, not negative
 * @param discriminator what estimates it
 */
public record FactorVae(double gamma, Discriminator discriminator) implements AdaptiveObjective {

    public FactorVae {
        Objective.requireNotNegative("gamma", gamma);
    }

    @Override
    public Block part() {
        return discriminator;
    }

    @Override
    public int samples() {
        return 1;
    }

    @Override
    public NDArray loss(BoundTerms terms) {
        return new Elbo().loss(terms).add(Ops.scale(totalCorrelation(terms), gamma));
    }

    /** The discriminator's logit at each example's latent, whose mean estimates the total correlation, [B], nats. */
    public NDArray totalCorrelation(BoundTerms terms) {
        NDArray z = terms.onlyLayer("FactorVAE").inference().latent();
        return discriminator.logRatio(AdaptiveObjective.constants(terms), z).mean(new int[] {0});
    }

    @Override
    public String toString() {
        return "FactorVae[gamma=" + gamma + "]";
    }
}
