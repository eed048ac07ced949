package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.ContinuousBernoulli;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;

/** Gray levels in [0, 1] under a density. Loaiza-Ganem and Cunningham 2019, https://arxiv.org/abs/1907.06845 */
public final class ContinuousBernoulliPixels extends LogitPixels<ContinuousBernoulli> implements PyTorchSource {

    public ContinuousBernoulliPixels(Shape event, Head head) {
        super(event, head);
    }

    @Override
    protected ContinuousBernoulli given(NDArray logits) {
        return new ContinuousBernoulli(logits, eventRank());
    }

    @Override
    public Support support() {
        return Support.UNIT_INTERVAL;
    }

    @Override
    public String title() {
        return "continuous Bernoulli log-density";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return pyTorchMeanBy(ContinuousBernoulli.MEAN_CODE);
    }
}
