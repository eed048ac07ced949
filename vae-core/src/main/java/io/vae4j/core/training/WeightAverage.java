package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.torch.TorchFunction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A moving average of a model's weights, which is often better to evaluate by than the weights of the last step:
 * {@code average <- decay average + (1 - decay) theta} after each step, and {@code average = theta} after the first, as
 * torch.optim.swa_utils.AveragedModel with get_ema_multi_avg_fn does. Polyak and Juditsky 1992,
 * https://doi.org/10.1137/0330046. It stays on the device.
 *
 * <pre>{@code
 * TrainingStep step = new TrainingStep(model, estimator, settings).averaging(0.999);
 * ...
 * double loss = step.average().orElseThrow().during(() -> evaluate(model));
 * }</pre>
 *
 * <p>What no optimizer moves, such as a codebook that is an average already, is not averaged.
 */
public final class WeightAverage {

    private static final TorchFunction COPY = TorchFunction.ofBody(
            "like, target: List[Tensor], source: List[Tensor]",
            "_0 = torch._foreach_copy_(target, source)\nreturn target[0]");

    private final Block model;
    private final NDManager owner;
    private final NDArray like;
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> averages = new ArrayList<>();
    private final IdentityHashMap<Parameter, NDArray> byParameter = new IdentityHashMap<>();
    private final TorchFunction move;

    /**
     * Begins with the weights as they are.
     *
     * @param parent owns the averages
     * @param decay how much of the average remains after a step, from 0 up to, but not, 1
     */
    public WeightAverage(NDManager parent, Block model, double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("the decay of the average is " + decay + "; expected 0 <= decay < 1");
        }
        this.model = model;
        owner = parent.newSubManager();
        move = TorchFunction.ofBody(
                "skipped, average: List[Tensor], weight: List[Tensor]", String.format(Locale.ROOT, """
                share = torch.reshape(torch.mul(torch.rsub(torch.to(skipped, 7), 1.), %s), annotate(List[int], []))
                for i in range(torch.len(average)):
                  _0 = torch.lerp_(average[i], weight[i], torch.to(share, average[i].dtype))
                return average[0]""", 1 - decay));
        for (ModelState.Named named : ModelState.of(model)) {
            if (named.isTrained() && !byParameter.containsKey(named.parameter())) {
                NDArray copy = copy(named.array());
                byParameter.put(named.parameter(), copy);
                weights.add(named.array());
                averages.add(copy);
            }
        }
        like = owner.zeros(averages.get(0).getShape(), averages.get(0).getDataType());
    }

    private NDArray copy(NDArray weight) {
        NDArray copy = weight.duplicate();
        copy.attach(owner);
        copy.setRequiresGradient(false);
        return copy;
    }

    /**
     * Takes the weights of a step into the average.
     *
     * @param index the steps taken before that one, 0 for the first
     * @param skipped 1 if the step changed nothing, which leaves the average as it is, or else 0, [1]; it stays on the
     *     device
     */
    void after(long index, NDArray skipped) {
        if (index == 0) {
            apply(COPY, averages, weights);
        } else {
            WithoutGradient.run(() -> move.applyToLists(List.of(skipped), List.of(averages, weights))
                    .close());
        }
    }

    private void apply(TorchFunction function, List<NDArray> target, List<NDArray> source) {
        WithoutGradient.run(() ->
                function.applyToLists(List.of(like), List.of(target, source)).close());
    }

    /**
     * The model with averaged weights under the names that {@link ModelState#tensors} gives them, and what is not
     * averaged as it is; write into the arrays to restore them.
     */
    public Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new TreeMap<>();
        ModelState.of(model)
                .forEach(named -> ModelState.put(
                        tensors, named.name(), byParameter.getOrDefault(named.parameter(), named.array())));
        return tensors;
    }

    /**
     * Looks at the model with averaged weights, which has its own again afterwards.
     *
     * @param evaluation must not train the model
     * @return what the evaluation gives
     */
    public <T, X extends Exception> T during(Evaluation<T, X> evaluation) throws X {
        List<NDArray> kept = weights.stream().map(this::copy).toList();
        adopt();
        try {
            return evaluation.evaluate();
        } finally {
            apply(COPY, weights, kept);
            kept.forEach(NDArray::close);
        }
    }

    /** Gives the model the averaged weights for good: its training is over. */
    public void adopt() {
        apply(COPY, weights, averages);
    }

    /** What is done with a model that has averaged weights. */
    @FunctionalInterface
    public interface Evaluation<T, X extends Exception> {

        /** Looks at the model. */
        T evaluate() throws X;
    }
}
