package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.BoundTerms;

/**
 * A reconstruction loss with the KL held near a capacity C: {@code -E_q[log p(x|z)] + gamma |KL - C|}. C grows over the
 * training: {@code Schedule.linear(0, 25, 100_000).map(c -> new CapacityElbo(1000, c, Held.BATCH_MEAN))}. Burgess et
 * al. 2018, eq. 8, https://arxiv.org/abs/1804.03599
 *
 * <p>The KL must be known in closed form given the data alone. An estimate of it by samples would stand inside the
 * distance, and {@code E |KL^ - C|} is another objective than {@code |E KL^ - C|}: near the capacity it pulls the
 * variance of the estimate down, whatever the KL is.
 *
 * @param gamma the weight of the distance, not negative
 * @param capacity C, nats, not negative
 * @param held what is held near the capacity
 */
public record CapacityElbo(double gamma, double capacity, Held held) implements BatchCoupled {

    /** What the capacity is compared with; the two are different objectives. */
    public enum Held {
        /** {@code |E KL - C|}: the mean over the batch, so that examples may differ, as in disentanglement_lib. */
        BATCH_MEAN,
        /** {@code E |KL - C|}: each example by itself, as in pythae. */
        EACH_EXAMPLE
    }

    public CapacityElbo {
        Objective.requireNotNegative("gamma", gamma);
        Objective.requireNotNegative("capacity", capacity);
    }

    @Override
    public int samples() {
        return 1;
    }

    @Override
    public KlForm klForm() {
        return KlForm.OWN;
    }

    /** @throws IllegalStateException if the KL is not known in closed form, or only given samples of other layers */
    @Override
    public NDArray loss(BoundTerms terms) {
        NDArray kl = analyticKl(terms).mean(new int[] {0});
        NDArray compared = held == Held.BATCH_MEAN ? kl.mean(new int[] {0}, true) : kl;
        NDArray distance = Ops.scale(Ops.shift(compared, -capacity).abs(), gamma);
        NDArray loss = terms.reconstruction().add(distance);
        return terms.penalty().map(loss::add).orElse(loss);
    }

    private static NDArray analyticKl(BoundTerms terms) {
        if (terms.layers().size() != 1) {
            throw new IllegalStateException(
                    "a capacity holds a KL that does not depend on samples, and in this model of "
                            + terms.layers().size() + " stochastic layers it does; use free bits");
        }
        return terms.layers()
                .get(0)
                .analyticKl()
                .get()
                .orElseThrow(() -> new IllegalStateException("a capacity needs the KL in closed form, and posterior and"
                        + " prior have none: use Gaussians, or another objective"));
    }
}
