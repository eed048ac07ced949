package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.Evidence;

/**
 * A reconstruction loss with the KL held near a capacity C: {@code -E_q[log p(x|z)] + gamma |KL - C|}. C grows over the
 * training: {@code Schedule.linear(0, 25, 100_000).map(c -> new CapacityElbo(1000, c, Held.BATCH_MEAN))}. Burgess et
 * al. 2018, eq. 8, https://arxiv.org/abs/1804.03599
 *
 * @param gamma the weight of the distance, not negative
 * @param capacity C, nats, not negative
 * @param held what is held near the capacity
 */
public record CapacityElbo(double gamma, double capacity, Held held) implements Objective {

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
    public NDArray loss(Evidence evidence) {
        NDArray kl = evidence.kl();
        NDArray compared = held == Held.BATCH_MEAN ? kl.mean(new int[] {0}, true) : kl;
        NDArray distance = Ops.scale(Ops.shift(compared, -capacity).abs(), gamma);
        NDArray loss = evidence.reconstruction().add(distance);
        return evidence.penalty().map(loss::add).orElse(loss);
    }
}
