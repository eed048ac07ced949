package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Bernoulli;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.models.network.Initialization;

/** Independent bits: the likelihood of binarized images. */
public final class BernoulliPixels extends LogitPixels<Bernoulli> implements PyTorchSource {

    /** Over vectors of features. */
    public BernoulliPixels(Shape event, Initialization initialization) {
        this(event, new Head.Dense(initialization));
    }

    public BernoulliPixels(Shape event, Head head) {
        super(event, head);
    }

    @Override
    protected Bernoulli given(NDArray logits) {
        return new Bernoulli(logits, eventRank());
    }

    @Override
    public Support support() {
        return Support.BINARY;
    }

    @Override
    public String title() {
        return "Bernoulli log-likelihood";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return pyTorchMean("torch.sigmoid(x)");
    }
}
