package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.Evidence;

/**
 * Minus the importance-weighted bound {@code L_k = log (1/k) sum_i w_i}. Its gradient weighs each draw by
 * {@code softmax(log w)}, which automatic differentiation of the bound itself gives. Burda et al. 2016, eq. 8 and 14,
 * https://arxiv.org/abs/1509.00519
 *
 * @param samples k
 */
public record Iwae(int samples) implements Objective {

    public Iwae {
        Objective.checkedSamples(samples);
    }

    @Override
    public NDArray loss(Evidence evidence) {
        NDArray loss = Ops.logMeanExp(evidence.logWeight(), 0).neg();
        return evidence.penalty().map(loss::add).orElse(loss);
    }
}
