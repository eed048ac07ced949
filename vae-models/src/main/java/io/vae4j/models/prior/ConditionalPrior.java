package io.vae4j.models.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Network;

/**
 * A prior p(z|c) that is learned: a network from the condition to features, and a family from features to a
 * distribution. With Gaussians on both sides the KL is closed. Sohn et al. 2015,
 * https://papers.nips.cc/paper/5775-learning-structured-output-representation-using-deep-conditional-generative-models
 */
public final class ConditionalPrior extends DensityPrior {

    private final Network network;
    private final Family<?> family;

    /**
     * @param network of the condition alone
     * @param family over events of z's shape
     */
    public ConditionalPrior(Network network, Family<?> family) {
        this.network = child("network", network);
        this.family = child("family", family);
    }

    @Override
    public Distribution given(Pass pass, Condition condition) {
        if (condition instanceof Condition.Given known) {
            NDArray c = known.values().expandDims(0);
            NDArray features = ready(pass, network, Condition.none(), c).features(pass, c, Condition.none());
            return ready(pass, family, Condition.none(), features).of(pass, features);
        }
        throw new IllegalArgumentException("this model's prior is p(z|c) and it got no condition; initialize the model"
                + " with the shapes of x, [1, ...X], and of c, [1, C], and give it c, or choose a prior that needs none,"
                + " such as N(0, I)");
    }

    /** Refuses a family over other events than z. */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        Shape events = given(pass, condition(inputs)).shape().slice(2);
        Shape z = inputs.head().getShape().slice(1);
        if (!events.equals(z)) {
            throw new IllegalArgumentException("the prior's family is over events of shape " + events
                    + " and the posterior's z has shape " + z + "; expected equal shapes");
        }
    }
}
