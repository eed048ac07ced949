package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.StochasticLayer;

/**
 * Minus the ELBO, with a penalty where the latents of the whole data are correlated or not of unit variance:
 * {@code lambda_od sum_{i != j} C_ij^2 + lambda_d sum_i (C_ii - 1)^2} for a covariance C of latents. Kumar et al. 2018,
 * eq. 6 and 7, https://arxiv.org/abs/1711.00848
 *
 * <p>C is taken over the batch, with the weight 1/B for each example; an example that is alone has C = 0 of its means.
 * The penalty is one number, which every example's loss contains.
 *
 * @param variant whose covariance it is
 * @param offDiagonal lambda_od, not negative
 * @param diagonal lambda_d, not negative
 */
public record DipVae(Variant variant, double offDiagonal, double diagonal) implements BatchCoupled {

    /** Whose covariance is driven to the identity. */
    public enum Variant {
        /** That of the posteriors' means, {@code Cov_x[mu(x)]}. Eq. 6. */
        I {
            @Override
            NDArray covariance(NDArray ofMeans, NDArray variances) {
                return ofMeans;
            }
        },
        /** That of z under the aggregate posterior, {@code Cov_x[mu(x)] + E_x[Sigma(x)]}. Eq. 7. */
        II {
            @Override
            NDArray covariance(NDArray ofMeans, NDArray variances) {
                return ofMeans.add(variances);
            }
        };

        /** Both [D, D]. */
        abstract NDArray covariance(NDArray ofMeans, NDArray variances);
    }

    public DipVae {
        Objective.requireNotNegative("offDiagonal", offDiagonal);
        Objective.requireNotNegative("diagonal", diagonal);
    }

    @Override
    public int samples() {
        return 1;
    }

    @Override
    public NDArray loss(BoundTerms terms) {
        NDArray loss = new Elbo().loss(terms);
        return loss.add(penalty(gaussian(terms.onlyLayer("DIP-VAE"))));
    }

    /** A scalar. */
    private NDArray penalty(DiagonalNormal q) {
        NDArray means = flat(q.loc());
        NDArray centered = means.sub(means.mean(new int[] {0}, true));
        NDArray ofMeans = Ops.scale(
                centered.transpose().matMul(centered), 1.0 / centered.getShape().get(0));
        NDArray identity = identity(ofMeans);
        NDArray variances =
                flat(Ops.scale(q.logScale(), 2).exp()).mean(new int[] {0}, true).mul(identity);
        NDArray away = variant.covariance(ofMeans, variances).sub(identity);
        NDArray weights = Ops.shift(Ops.scale(identity, diagonal - offDiagonal), offDiagonal);
        return away.square().mul(weights).sum();
    }

    /** [B, D]. */
    private static NDArray flat(NDArray each) {
        Shape shape = each.getShape();
        return each.reshape(shape.get(0) * shape.get(1), -1);
    }

    private static NDArray identity(NDArray square) {
        int dimensions = Math.toIntExact(square.getShape().get(0));
        return square.getManager().eye(dimensions).toType(square.getDataType(), false);
    }

    private static DiagonalNormal gaussian(StochasticLayer layer) {
        Distribution density = layer.inference()
                .posterior()
                .density()
                .orElseThrow(() -> new IllegalStateException("DIP-VAE needs the posterior's mean and variance"));
        if (density instanceof DiagonalNormal normal) {
            return normal;
        }
        throw new IllegalStateException(
                "DIP-VAE takes mean and variance of a factorized Gaussian, and this posterior is" + " "
                        + density.getClass().getSimpleName());
    }
}
