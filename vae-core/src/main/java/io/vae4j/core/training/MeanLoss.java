package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/** The mean over the batch of what a {@link LossBlock} puts out; labels are not looked at. */
public final class MeanLoss extends Loss {

    public MeanLoss() {
        super("MeanLoss");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        return predictions.head().mean();
    }
}
