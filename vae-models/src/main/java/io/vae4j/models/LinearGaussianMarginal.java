package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.FullNormal;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.torch.Aten;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.Optional;

/**
 * What is known exactly of a linear-Gaussian model, in float64: {@code log p(x) = log N(x; b, W W^T + Psi)} and
 * {@code p(z|x) = N(m, Lambda^-1)}, {@code Lambda = I + W^T Psi^-1 W}, {@code m = Lambda^-1 W^T Psi^-1 (x - b)}.
 * Tipping and Bishop 1999, https://www.robots.ox.ac.uk/~cvrg/hilary2006/ppca.pdf
 *
 * <p>By the matrix determinant lemma and the Woodbury identity, nothing is larger than W.
 */
public final class LinearGaussianMarginal {

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /** W^T Psi^(-1/2), [D, X]. */
    private final NDArray weight;

    /** b, [X]. */
    private final NDArray bias;

    /** The logarithms of the square roots of Psi's diagonal, [X]. */
    private final NDArray logScale;

    /** The lower triangular root of Lambda, [D, D]. */
    private final NDArray precisionRoot;

    private LinearGaussianMarginal(NDArray weight, NDArray bias, NDArray logScale) {
        this.weight = weight;
        this.bias = bias;
        this.logScale = logScale;
        precisionRoot = Aten.cholesky(weight.matMul(weight.transpose()).add(identity()));
    }

    /**
     * Reads W, b and Psi off a model by decoding the origin and the unit vectors.
     *
     * @param pass owns what is read
     * @return empty for a model that is not made as {@link LinearGaussian} makes it, or that is given a condition
     */
    public static Optional<LinearGaussianMarginal> of(LatentModel model, Pass pass) {
        if (model instanceof Vae vae
                && vae.prior() instanceof StandardNormalPrior prior
                && vae.decoder() instanceof NetworkDecoder decoder
                && decoder.network() instanceof Mlp network
                && network.isIdentity()
                && decoder.likelihood()
                        .filter(GlobalScaleGaussian.class::isInstance)
                        .isPresent()) {
            return Optional.of(
                    read(decoder, pass, prior.given(pass, Condition.none()).mean()));
        }
        return Optional.empty();
    }

    /** @param origin zeros, [1, 1, D] */
    private static LinearGaussianMarginal read(NetworkDecoder decoder, Pass pass, NDArray origin) {
        int dimensions = Math.toIntExact(origin.getShape().get(2));
        NDArray units = pass.batch().eye(dimensions, dimensions, 0, origin.getDataType());
        DiagonalNormal atOrigin = decoded(decoder, pass, origin);
        NDArray bias = wide(atOrigin.loc()).reshape(-1);
        NDArray logScale = wide(atOrigin.logScale()).reshape(-1);
        NDArray columns = wide(decoded(decoder, pass, units.expandDims(1)).loc())
                .reshape(dimensions, -1)
                .sub(bias);
        return new LinearGaussianMarginal(columns.mul(logScale.neg().exp()), bias, logScale);
    }

    private static DiagonalNormal decoded(NetworkDecoder decoder, Pass pass, NDArray z) {
        return (DiagonalNormal) decoder.decode(pass, z, Condition.none());
    }

    private static NDArray wide(NDArray values) {
        return values.toType(DataType.FLOAT64, true);
    }

    private NDArray identity() {
        int dimensions = Math.toIntExact(weight.getShape().get(0));
        return weight.getManager().eye(dimensions, dimensions, 0, DataType.FLOAT64);
    }

    /**
     * log p(x), exactly.
     *
     * @param x [B, ...X]
     * @return [B], nats, float64
     */
    public NDArray logProb(NDArray x) {
        NDArray residual = whitened(x);
        NDArray explained = Aten.solveLower(weight.matMul(residual.transpose()), precisionRoot);
        NDArray distance =
                residual.square().sum(new int[] {1}).sub(explained.square().sum(new int[] {0}));
        NDArray logDeterminant =
                logScale.sum().add(Aten.diagonal(precisionRoot).log().sum());
        double normalizer = -0.5 * LOG_TWO_PI * bias.size();
        return Ops.shift(Ops.scale(distance, -0.5).sub(logDeterminant), normalizer);
    }

    /**
     * The posterior p(z|x), exactly.
     *
     * @param x [B, ...X]
     * @return for one sample and B examples, float64
     */
    public FullNormal posterior(NDArray x) {
        NDArray inverseRoot = Aten.solveLower(identity(), precisionRoot);
        NDArray covariance = inverseRoot.transpose().matMul(inverseRoot);
        NDArray mean = whitened(x).matMul(weight.transpose()).matMul(covariance).expandDims(0);
        NDArray root = Aten.cholesky(covariance).expandDims(0).expandDims(0);
        return new FullNormal(
                mean, root.broadcast(mean.getShape().add(mean.getShape().get(2))));
    }

    /** {@code Psi^(-1/2) (x - b)}, [B, X]. */
    private NDArray whitened(NDArray x) {
        NDArray flat = wide(x).reshape(x.getShape().get(0), -1);
        return flat.sub(bias).mul(logScale.neg().exp());
    }
}
