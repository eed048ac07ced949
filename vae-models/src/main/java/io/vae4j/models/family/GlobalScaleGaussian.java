package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.PosteriorFamily;
import io.vae4j.models.network.Initialization;

/**
 * A Gaussian whose sigma does not depend on the input, {@code N(NN(z), diag(sigma^2))}: the likelihood of real data,
 * and the family that holds the best factorized posterior of a linear-Gaussian model. A learned log scale is softly
 * bounded to +-10.
 */
public final class GlobalScaleGaussian extends LocationScaleFamily<DiagonalNormal>
        implements PosteriorFamily<DiagonalNormal>, PyTorchSource {

    /** Over vectors of features. */
    public GlobalScaleGaussian(Shape event, GlobalScale scale, Initialization initialization) {
        this(event, scale, new Head.Dense(initialization));
    }

    public GlobalScaleGaussian(Shape event, GlobalScale scale, Head head) {
        super(event, scale, 1, head);
    }

    @Override
    protected DiagonalNormal given(NDArray loc, NDArray logScale) {
        return new DiagonalNormal(loc, logScale, eventRank());
    }

    @Override
    public Support support() {
        return Support.REAL;
    }

    @Override
    public String title() {
        return "Gaussian log-density";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return pyTorchLoc();
    }
}
