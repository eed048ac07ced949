package io.vae4j.experiments.evaluation.gradients;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.vae4j.core.Ops;
import java.util.List;

/** Running mean and squared deviation of the gradients of one group, by Welford's updates in float64. */
final class Moments {

    private final NDArray mean;
    private final NDArray deviation;
    private int count;

    Moments(NDManager owner, List<Parameter> parameters) {
        long size = parameters.stream()
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
        mean = owner.zeros(new Shape(size), DataType.FLOAT64);
        deviation = owner.zeros(mean.getShape(), DataType.FLOAT64);
    }

    /** @param gradient of the whole group, flat */
    void add(NDArray gradient) {
        count++;
        NDArray before = gradient.sub(mean);
        mean.addi(Ops.scale(before, 1.0 / count));
        deviation.addi(before.mul(gradient.sub(mean)));
    }

    /** The mean gradient; it belongs to this object. */
    NDArray mean() {
        return mean;
    }

    /** The variance of one gradient, for each parameter, owned by {@code mean}'s owner. */
    NDArray variance() {
        return Ops.scale(deviation, 1.0 / (count - 1));
    }
}
