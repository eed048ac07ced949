package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.DiscretizedLogistic;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;

/**
 * Bytes as a logistic variable that is rounded to the nearest of their levels. Kingma et al. 2016, appendix C,
 * https://arxiv.org/abs/1606.04934
 */
public final class DiscretizedLogisticPixels extends LocationScaleFamily<DiscretizedLogistic> implements PyTorchSource {

    /** The standard deviation of the logistic distribution of scale one. */
    static final double UNIT_DEVIATION = Math.PI / Math.sqrt(3);

    public DiscretizedLogisticPixels(Shape event, Scale scale, Head head) {
        super(event, scale, UNIT_DEVIATION, head);
    }

    @Override
    protected DiscretizedLogistic given(NDArray loc, NDArray logScale) {
        return new DiscretizedLogistic(loc, logScale, eventRank());
    }

    @Override
    public Support support() {
        return Support.BYTE_LEVELS;
    }

    @Override
    public String title() {
        return "discretized logistic log-likelihood";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return pyTorchMeanBy(DiscretizedLogistic.MEAN_CODE);
    }
}
