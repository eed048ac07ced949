package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Bernoulli;
import io.vae4j.core.distribution.GrayCrossEntropy;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.Normalization;
import io.vae4j.models.network.Initialization;

/** Gray levels under the Bernoulli's cross-entropy, as in the slides' MNIST run; not a likelihood. */
public final class GrayPixels extends LogitPixels<GrayCrossEntropy> implements PyTorchSource {

    /** Over vectors of features. */
    public GrayPixels(Shape event, Initialization initialization) {
        this(event, new Head.Dense(initialization));
    }

    public GrayPixels(Shape event, Head head) {
        super(event, head);
    }

    @Override
    protected GrayCrossEntropy given(NDArray logits) {
        return new GrayCrossEntropy(new Bernoulli(logits, eventRank()));
    }

    @Override
    public Support support() {
        return Support.UNIT_INTERVAL;
    }

    @Override
    public Normalization normalization() {
        return Normalization.NONE;
    }

    @Override
    public String title() {
        return "cross-entropy on gray levels";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return pyTorchMean("torch.sigmoid(x)");
    }
}
