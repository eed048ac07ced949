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
 * The factorized Gaussian, {@code (mu, log sigma) = NN(x)}. Kingma and Welling 2014, appendix C.2,
 * https://arxiv.org/abs/1312.6114. The log scale is softly bounded to +-10, which keeps variances and gradients finite.
 */
public final class Gaussian extends LocationScaleFamily<DiagonalNormal>
        implements PosteriorFamily<DiagonalNormal>, PyTorchSource {

    /** Over vectors, from vectors of features. */
    public Gaussian(long dimensions, Initialization initialization) {
        this(new Shape(dimensions), new Head.Dense(initialization));
    }

    public Gaussian(Shape event, Head head) {
        this(event, new PredictedScale(1), head);
    }

    /** @param scale says where sigma is about before training */
    public Gaussian(Shape event, PredictedScale scale, Head head) {
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
