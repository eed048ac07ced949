package io.vae4j.models.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Mixture;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Posterior;

/**
 * The variational mixture of posteriors, {@code p(z|c) = 1/C sum_i q(z|u_i,c)}, with learned pseudo-inputs u. Tomczak
 * and Welling 2018, https://arxiv.org/abs/1705.07120
 *
 * <p>The encoder and the posterior are those of the model, which owns, initializes and saves them; here they are plain
 * references. The prior is a part of the generative model, so its gradient always reaches them, also where an estimator
 * holds the posterior's parameters constant. The posterior needs a density at any z.
 */
public final class VampPrior extends DensityPrior {

    private final Encoder encoder;
    private final Posterior posterior;
    private final PseudoInputs pseudoInputs;
    private final Parameter learned;

    /**
     * @param encoder the model's own
     * @param posterior the model's own
     */
    public VampPrior(Encoder encoder, Posterior posterior, PseudoInputs pseudoInputs) {
        this.encoder = encoder;
        this.posterior = posterior;
        this.pseudoInputs = pseudoInputs;
        learned = parameter("pseudoInputs", Parameter.Type.OTHER, pseudoInputs.shape(), pseudoInputs.start());
    }

    @Override
    public Mixture given(Pass pass, Condition condition) {
        Condition each = condition.repeat(pseudoInputs.count());
        NDArray inputs = inputs(pass, condition.batch());
        Distribution components = posterior
                .infer(pass, encoder.features(pass, inputs, each), each)
                .density()
                .orElseThrow(() -> new IllegalStateException(
                        "the posterior has no density at a given z, so it cannot be a component of a VampPrior;"
                                + " use one that has, such as a Gaussian"));
        NDArray equal = Ops.full(inputs, new Shape(1, condition.batch(), pseudoInputs.count()), 0);
        return new Mixture(equal, new BatchComponents(components, condition.batch(), pseudoInputs.count()));
    }

    /** [1, B * C, ...X]: all pseudo-inputs for each condition. */
    private NDArray inputs(Pass pass, long conditions) {
        NDArray all = pseudoInputs.constrained(pass.value(learned));
        Shape event = pseudoInputs.shape().slice(1);
        return all.expandDims(0)
                .broadcast(new Shape(conditions, pseudoInputs.count()).addAll(event))
                .reshape(new Shape(1, conditions * pseudoInputs.count()).addAll(event));
    }
}
