package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Laplace;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;

/** Real data whose reconstruction term is the absolute error, {@code p(x|z) = Laplace(NN(z), b)}. */
public final class LaplacePixels extends LocationScaleFamily<Laplace> implements PyTorchSource {

    public LaplacePixels(Shape event, Scale scale, Head head) {
        super(event, scale, Math.sqrt(2), head);
    }

    @Override
    protected Laplace given(NDArray loc, NDArray logScale) {
        return new Laplace(loc, logScale, eventRank());
    }

    @Override
    public Support support() {
        return Support.REAL;
    }

    @Override
    public String title() {
        return "Laplace log-density";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return pyTorchLoc();
    }
}
