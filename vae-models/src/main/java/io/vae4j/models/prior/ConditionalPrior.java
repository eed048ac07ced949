package io.vae4j.models.prior;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;

/**
 * p(z|c) as a network from the condition to features, and a family from features to a distribution. With Gaussians on
 * both sides the KL is closed. Sohn et al. 2015,
 * https://papers.nips.cc/paper/5775-learning-structured-output-representation-using-deep-conditional-generative-models
 */
public final class ConditionalPrior extends DensityPrior {

    private final Encoder network;
    private final Family<?> family;

    /**
     * @param network of the condition alone
     * @param family over events of z's shape
     */
    public ConditionalPrior(Encoder network, Family<?> family) {
        this.network = child("network", network);
        this.family = child("family", family);
    }

    @Override
    public Distribution given(Pass pass, Condition condition) {
        if (condition instanceof Condition.Given known) {
            return family.of(pass, network.encode(pass, known.values().expandDims(0), Condition.none()));
        }
        throw new IllegalArgumentException("this model's prior is p(z|c) and it got no condition;"
                + " give one, or choose a prior that needs none, such as N(0, I)");
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        if (inputs.length < 2) {
            throw new IllegalArgumentException("this model's prior is p(z|c) and was initialized with no condition;"
                    + " initialize the model with the shapes of x, [1, ...X], and of c, [1, C]");
        }
        Shape features = initialize(network, manager, type, inputs[1]);
        Shape z = initialize(family, manager, type, features);
        if (!z.slice(1).equals(inputs[0].slice(1))) {
            throw new IllegalArgumentException("the prior's family is over events of shape " + z.slice(1)
                    + " and the posterior's z has shape " + inputs[0].slice(1) + "; expected equal shapes");
        }
    }
}
