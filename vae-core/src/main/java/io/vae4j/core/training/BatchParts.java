package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import java.util.List;
import java.util.function.BiFunction;

/** A batch that is passed in parts, each freed before the next: {@code g = sum_p (B_p / B) g_p}. */
final class BatchParts {

    private final TrainingStep.Inputs whole;
    private final int parts;
    private final GradientSum sum;
    private final PartialNoise noise;

    /** What became of a part. */
    record Passed(Estimate estimate, LeafParameters leaves) {}

    /** @param parameters those that are trained */
    BatchParts(TrainingStep.Inputs whole, int parts, List<NDArray> parameters) {
        this.whole = whole;
        this.parts = parts;
        NDManager batch = whole.x().getManager();
        sum = new GradientSum(parameters, batch);
        noise = new PartialNoise(whole.noise(), batch, count());
    }

    private long count() {
        return whole.x().getShape().get(0);
    }

    /**
     * Passes the parts one by one.
     *
     * @param pass a part's forward and backward pass, given a manager of its own
     * @return the terms of the last part, and the loss of all examples, [B]
     */
    Estimate run(BiFunction<TrainingStep.Inputs, NDManager, Passed> pass) {
        NDManager batch = whole.x().getManager();
        NDList losses = new NDList();
        long size = (count() + parts - 1) / parts;
        for (long from = 0; ; from += size) {
            long to = Math.min(from + size, count());
            NDManager own = batch.newSubManager();
            Passed passed = pass.apply(rows(own, from, to), own);
            sum.add(passed.leaves(), (to - from) / (double) count());
            NDArray loss = passed.estimate().loss().stopGradient();
            loss.attach(batch);
            losses.add(loss);
            if (to == count()) {
                return new Estimate(passed.estimate().terms(), NDArrays.concat(losses));
            }
            own.close();
        }
    }

    private TrainingStep.Inputs rows(NDManager own, long from, long to) {
        NDArray x = whole.x().get(new NDIndex(from + ":" + to));
        x.attach(own);
        return new TrainingStep.Inputs(
                x,
                whole.condition().rows(from, to),
                whole.objective(),
                whole.learningRate(),
                whole.index(),
                noise.of(from, to));
    }

    /** The gradient of the whole batch, in the order of the parameters. */
    List<NDArray> gradients() {
        return sum.gradients();
    }
}
