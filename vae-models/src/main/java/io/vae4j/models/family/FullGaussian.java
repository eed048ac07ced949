package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.FullNormal;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.PosteriorFamily;
import io.vae4j.core.torch.Aten;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import java.util.List;

/**
 * The Gaussian with any covariance, {@code (mu, log sigma, L') = NN(x)} and {@code L = mask * L' + diag(sigma)} for a
 * strictly lower triangular mask, so that {@code Sigma = L L^T} and {@code log|det dz/deps| = sum log sigma_i}. Kingma
 * and Welling 2019, section 2.5.1, https://arxiv.org/abs/1906.02691
 */
public final class FullGaussian extends FamilyBlock<FullNormal> implements PosteriorFamily<FullNormal>, PyTorchSource {

    private final long dimensions;
    private final Gaussian diagonal;
    private final Dense lower;

    /** @param dimensions D, the length of z */
    public FullGaussian(long dimensions, Initialization initialization) {
        super(new Shape(dimensions));
        this.dimensions = dimensions;
        diagonal = child("diagonal", new Gaussian(dimensions, initialization));
        lower = child("lower", new Dense(dimensions * dimensions, initialization));
    }

    @Override
    public FullNormal of(Pass pass, NDArray features) {
        appliedTo(pass, Condition.none(), features);
        DiagonalNormal factorized = diagonal.of(pass, features);
        Shape matrices = features.getShape().slice(0, 2).add(dimensions, dimensions);
        NDArray below = Aten.strictlyLower(lower.apply(pass, features).reshape(matrices));
        NDArray scales = Aten.diagonalMatrix(factorized.logScale().exp());
        return new FullNormal(factorized.loc(), below.add(scales));
    }

    @Override
    public Support support() {
        return Support.REAL;
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        String below = "below = torch.tril(self.lower(x).reshape(-1, %1$d, %1$d), -1)".formatted(dimensions);
        return PyTorchCode.returning("x", "self.diagonal(x)")
                .and(
                        "scale_tril",
                        "x",
                        List.of(below, "return below + torch.diag_embed(torch.exp(self.diagonal.log_scale(x)))"));
    }
}
