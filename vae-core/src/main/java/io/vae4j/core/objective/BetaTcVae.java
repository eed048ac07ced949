package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Factorized;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.StochasticLayer;

/**
 * The ELBO with its KL taken apart, and the total correlation weighted by beta: {@code -E log p(x|z) + I(x; z) + beta
 * TC(z) + sum_j KL(q(z_j) || p(z_j))}. Chen et al. 2018, eq. 4, https://arxiv.org/abs/1802.04942
 *
 * <p>The aggregate posterior q(z) is estimated from the batch of B = M + 1 examples by minibatch stratified sampling
 * (appendix C.2): the example that z was drawn from has the weight 1/N, the M others share the rest. The paper gives
 * the remainder to one of them; here it is spread evenly, (N - 1) / (N M) each, which is the mean of the paper's
 * estimator over that choice: as unbiased for q(z), and exact when the batch is the whole data set. An example that is
 * alone in its batch has nothing to be told from: its own posterior stands for q(z), and its loss is minus the ELBO.
 *
 * @param beta the weight of the total correlation, not negative
 * @param dataSetSize N, the number of training examples
 */
public record BetaTcVae(double beta, long dataSetSize) implements BatchCoupled {

    public BetaTcVae {
        Objective.requireNotNegative("beta", beta);
        if (dataSetSize < 2) {
            throw new IllegalArgumentException("the data set's size is " + dataSetSize + "; expected at least 2");
        }
    }

    @Override
    public int samples() {
        return 1;
    }

    @Override
    public KlForm klForm() {
        return KlForm.OWN;
    }

    @Override
    public NDArray loss(BoundTerms terms) {
        StochasticLayer layer = terms.onlyLayer("beta-TCVAE");
        NDArray z = layer.inference().latent();
        NDArray pairs = pairs(layer, z);
        NDArray logWeights = logWeights(z).expandDims(0);
        NDArray aggregate = Ops.logSumExp(
                Ops.sumEvents(pairs, pairs.getShape().dimension() - 3).add(logWeights), 2);
        NDArray eachAggregate = Ops.logSumExp(flat(pairs).add(logWeights.expandDims(-1)), 2);
        NDArray product = Ops.sumEvents(eachAggregate, 1);
        NDArray information = layer.logPosterior().sub(aggregate);
        NDArray correlation = Ops.scale(aggregate.sub(product), beta);
        NDArray dimensions = product.sub(layer.logPrior().get());
        NDArray parts = information.add(correlation).add(dimensions).mean(new int[] {0});
        NDArray loss = terms.reconstruction().add(parts);
        return terms.penalty().map(loss::add).orElse(loss);
    }

    /** log q(z_n|x_m) of each dimension, [K, B of n, B of m, ...Z], nats. */
    private static NDArray pairs(StochasticLayer layer, NDArray z) {
        Shape shape = z.getShape();
        long batch = shape.get(1);
        // each z stands as one more sample, scored under the posteriors of all examples
        NDArray everySample = z.reshape(new Shape(shape.get(0) * batch, 1).addAll(shape.slice(2)))
                .broadcast(new Shape(shape.get(0) * batch, batch).addAll(shape.slice(2)));
        return factorized(layer)
                .logProbEach(everySample)
                .reshape(new Shape(shape.get(0), batch, batch).addAll(shape.slice(2)));
    }

    /** [K, B, B, D]. */
    private static NDArray flat(NDArray pairs) {
        Shape shape = pairs.getShape();
        return pairs.reshape(shape.get(0), shape.get(1), shape.get(2), -1);
    }

    /** The log weight of example m for a z that was drawn from example n, [B of n, B of m]. */
    private NDArray logWeights(NDArray like) {
        long batch = like.getShape().get(1);
        if (batch > dataSetSize) {
            throw new IllegalArgumentException(
                    "the batch has " + batch + " examples; expected at most the data set's " + dataSetSize);
        }
        if (batch == 1) {
            return Ops.full(like, new Shape(1, 1), 0);
        }
        double own = -Math.log((double) dataSetSize);
        double other = Math.log((dataSetSize - 1.0) / dataSetSize / (batch - 1));
        NDArray diagonal = like.getManager().eye((int) batch).toType(like.getDataType(), false);
        return Ops.shift(Ops.scale(diagonal, own - other), other);
    }

    private static Factorized factorized(StochasticLayer layer) {
        Distribution density = layer.inference()
                .posterior()
                .density()
                .orElseThrow(() -> new IllegalStateException("beta-TCVAE needs the posterior's density"));
        if (density instanceof Factorized each) {
            return each;
        }
        throw new IllegalStateException(
                "beta-TCVAE needs a posterior whose dimensions are independent, and this one is "
                        + density.getClass().getSimpleName());
    }
}
