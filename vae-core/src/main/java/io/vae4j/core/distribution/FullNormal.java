package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.Aten;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The Gaussian over vectors with any covariance, N(loc, L L^T): {@code z = loc + L eps} and {@code log q(z) = log
 * N(eps; 0, I) - sum log L_ii}. Kingma and Welling 2019, section 2.5.1, https://arxiv.org/abs/1906.02691
 *
 * @param loc the mean, [K or 1, B or 1, D]
 * @param scaleTril L, lower triangular with a positive diagonal, [K or 1, B or 1, D, D]
 */
public record FullNormal(NDArray loc, NDArray scaleTril) implements ReparameterizedDistribution {

    public FullNormal {
        Shape mean = loc.getShape();
        Shape expected = mean.add(mean.get(mean.dimension() - 1));
        if (!scaleTril.getShape().equals(expected)) {
            throw new IllegalArgumentException("loc has shape " + mean + " and scaleTril " + scaleTril.getShape()
                    + "; expected [K or 1, B or 1, D] and [K or 1, B or 1, D, D], here " + expected);
        }
    }

    /** The same distribution as a full one with a diagonal L; its events must be vectors. */
    static FullNormal of(DiagonalNormal diagonal) {
        return new FullNormal(
                diagonal.loc(), Aten.diagonalMatrix(diagonal.logScale().exp()));
    }

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public Support support() {
        return Support.REAL;
    }

    @Override
    public NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        return densityOf(Normals.withinReach(whitened(Normals.withinReach(value.sub(loc)))));
    }

    @Override
    public NDArray sample(Noise noise, long samples) {
        return rsample(noise, samples).value().stopGradient();
    }

    /** {@code z = loc + L eps}, {@code log|det dz/deps| = sum log L_ii}. */
    @Override
    public Sample rsample(Noise noise, long samples) {
        NDArray eps = Normals.noise(noise, loc, samples);
        return Sample.of(onColumns(eps, scaleTril::matMul).add(loc), Memoized.of(() -> densityOf(eps)));
    }

    @Override
    public NDArray mean() {
        return loc;
    }

    /** {@code D/2 (1 + log 2 pi) + sum log L_ii}. */
    @Override
    public Optional<NDArray> entropy() {
        return Optional.of(Ops.shift(logDet(), (double) dimensions() * (0.5 + Normals.LOG_NORMALIZER)));
    }

    /**
     * {@code 1/2 (|P^-1 L|^2 + |P^-1 (mu - m)|^2 - D) + sum log P_ii - sum log L_ii} against N(m, P P^T), where the
     * first norm is Frobenius'; P is diagonal or the identity for the other normal families.
     */
    @Override
    public Optional<NDArray> kl(Distribution other) {
        if (other instanceof StandardNormal) {
            return Optional.of(divergence(scaleTril, loc, logDet().neg()));
        }
        if (other instanceof DiagonalNormal p) {
            NDArray precision = p.logScale().neg().exp();
            NDArray relative = scaleTril.mul(precision.expandDims(-1));
            NDArray logRatio = logDet().neg().add(Ops.sumEvents(p.logScale(), 1));
            return Optional.of(divergence(relative, loc.sub(p.loc()).mul(precision), logRatio));
        }
        if (other instanceof FullNormal p) {
            NDArray relative = Aten.solveLower(scaleTril, p.scaleTril);
            NDArray logRatio = logDet().neg().add(p.logDet());
            return Optional.of(divergence(relative, p.whitened(loc.sub(p.loc)), logRatio));
        }
        return Optional.empty();
    }

    @Override
    public List<Constraint> constraints() {
        String remedy = "make it by exp of a number bounded by LocationScale.boundedLogScale";
        NDArray diagonal = Aten.diagonal(scaleTril);
        return List.of(
                Constraint.finite("loc", loc),
                Constraint.finite("scaleTril", scaleTril),
                new Constraint("scaleTril's diagonal", diagonal, Float.MIN_NORMAL, Float.MAX_VALUE, remedy));
    }

    private NDArray divergence(NDArray relativeScale, NDArray distance, NDArray logRatio) {
        NDArray moments = Ops.sumEvents(relativeScale.square(), 2).add(Ops.sumEvents(distance.square(), 1));
        return Ops.scale(Ops.shift(moments, (double) -dimensions()), 0.5).add(logRatio);
    }

    private NDArray densityOf(NDArray eps) {
        return Ops.sumEvents(Normals.standardLogProbEach(eps), 1).sub(logDet());
    }

    /** log|det L|, [K or 1, B or 1]. */
    private NDArray logDet() {
        return Ops.sumEvents(Aten.diagonal(scaleTril).log(), 1);
    }

    /** L^-1 v. */
    private NDArray whitened(NDArray vectors) {
        return onColumns(vectors, columns -> Aten.solveLower(columns, scaleTril));
    }

    /**
     * Applies a matrix operation to vectors [K, B, D]. Where all samples share one L they become the columns of one
     * matrix, so that L is not copied for each sample.
     */
    private NDArray onColumns(NDArray vectors, UnaryOperator<NDArray> operation) {
        if (scaleTril.getShape().get(0) != 1 || vectors.getShape().dimension() != 3) {
            return operation.apply(vectors.expandDims(-1)).squeeze(-1);
        }
        NDArray columns = vectors.transpose(1, 2, 0).expandDims(0);
        return operation.apply(columns).squeeze(0).transpose(2, 0, 1);
    }

    private long dimensions() {
        return loc.getShape().get(loc.getShape().dimension() - 1);
    }
}
