package io.vae4j.core.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.vae4j.core.compiled.Optimizer;
import io.vae4j.core.torch.TorchFunction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Adam for all parameters in one call of torch's fused kernel: {@code m <- b1 m + (1-b1) g}, {@code v <- b2 v + (1-b2)
 * g^2}, {@code theta <- theta - lr (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + eps)}. Kingma and Ba 2015, algorithm 1,
 * https://arxiv.org/abs/1412.6980. DJL's own Adam puts eps inside the bias correction and updates parameter by
 * parameter.
 *
 * <p>The learning rate and the step are arguments: the only state is m and v, which {@link #moments()} shows for
 * checkpoints.
 */
public final class FusedAdam implements OptimizerState, AutoCloseable {

    private static final TorchFunction FORGET = TorchFunction.of(
            "rows, moment", "torch.masked_fill_(torch.transpose(torch.detach(moment), 0, -1), rows, 0.)");

    private final NDManager owner;
    private final List<NDArray> parameters;
    private final Moments moments;
    private final SkippedSteps skipped;
    private final Settings settings;

    /**
     * Those that are frozen now are left out for good; after freezing or thawing, make a new optimizer.
     *
     * @param all the arrays to train, on one device; they stay the model's, and one that is listed twice, as tied
     *     weights are, is moved once
     * @param settings the decay rates and epsilon
     */
    public FusedAdam(NDManager parent, List<NDArray> all, Settings settings) {
        Set<NDArray> known = Collections.newSetFromMap(new IdentityHashMap<>());
        parameters = all.stream()
                .filter(array -> array.hasGradient() && known.add(array))
                .toList();
        owner = parent.newSubManager();
        moments = new Moments(zerosLike(parameters), zerosLike(parameters));
        skipped = new SkippedSteps(owner);
        this.settings = settings;
    }

    /**
     * The parameters for one training step: hand them to its pass, and then to {@link #step(LeafParameters, double,
     * long)}. They spare backward the addition to gradients that are there, and the update the zeroing.
     *
     * @param store knows the parameters that are not trained
     * @param batch owns the leaves
     */
    public LeafParameters leaves(ParameterStore store, NDManager batch) {
        return new LeafParameters(parameters, store, batch);
    }

    /**
     * Updates every parameter by the gradient of its leaf, or by zero if backward did not reach it.
     *
     * @param leaves which the pass was given as its store; if backward reached none of them, the step fails
     * @param learningRate the rate of this step
     * @param step the number of steps already taken, 0 for the first
     */
    public void step(LeafParameters leaves, double learningRate, long step) {
        apply(AdamScript.Source.LEAVES, List.of(leaves.arrays()), learningRate, step, Optional.empty());
    }

    /** As {@link #step(LeafParameters, double, long)}, unless the loss, [B], or a gradient is not finite. */
    void stepIfFinite(LeafParameters leaves, NDArray loss, double learningRate, long step) {
        apply(AdamScript.Source.LEAVES, List.of(leaves.arrays()), learningRate, step, Optional.of(loss));
    }

    /**
     * Updates every parameter by a gradient of the caller's, such as a sum over parts of a batch.
     *
     * @param gradients one for each parameter that is trained, in their order; clipping changes them
     * @param learningRate the rate of this step
     * @param step the number of steps already taken, 0 for the first
     */
    public void step(List<NDArray> gradients, double learningRate, long step) {
        apply(AdamScript.Source.GIVEN, List.of(parameters, gradients), learningRate, step, Optional.empty());
    }

    /** As {@link #step(List, double, long)}, unless the loss, [B], or a gradient is not finite. */
    void stepIfFinite(List<NDArray> gradients, NDArray loss, double learningRate, long step) {
        apply(AdamScript.Source.GIVEN, List.of(parameters, gradients), learningRate, step, Optional.of(loss));
    }

    /**
     * Updates every parameter by its own gradient, or by zero if it has none, and zeroes the gradients.
     *
     * @param learningRate the rate of this step
     * @param step the number of steps already taken, 0 for the first
     */
    public void step(double learningRate, long step) {
        apply(AdamScript.Source.PARAMETERS, List.of(parameters), learningRate, step, Optional.empty());
    }

    /**
     * @param arrays those to be moved and, where they are given, their gradients
     * @param loss which must be finite, as the gradients, or the step is left out
     */
    private void apply(
            AdamScript.Source source,
            List<List<NDArray>> arrays,
            double learningRate,
            long step,
            Optional<NDArray> loss) {
        if (parameters.isEmpty()) {
            return;
        }
        List<List<NDArray>> lists = new ArrayList<>(List.of(arrays.get(0), moments.first(), moments.second()));
        lists.addAll(arrays.subList(1, arrays.size()));
        loss.ifPresent(required -> lists.add(skipped.arguments(required)));
        AdamScript.Guard guard = loss.isPresent() ? AdamScript.Guard.FINITE : AdamScript.Guard.NONE;
        try (NDArray lr = onHost(learningRate);
                NDArray t = owner.full(new Shape(), step + 1f, DataType.FLOAT32)) {
            new AdamScript(settings, source, guard)
                    .compiled()
                    .applyToLists(List.of(lr, t), lists)
                    .close();
        }
    }

    /** In double: the kernel takes it as an argument, and a float would round it. No kernel fills it. */
    private NDArray onHost(double learningRate) {
        ByteBuffer value = ByteBuffer.allocateDirect(Double.BYTES).order(ByteOrder.nativeOrder());
        value.putDouble(0, learningRate);
        return JniUtils.createNdFromByteBuffer(
                (PtNDManager) owner, value, new Shape(), DataType.FLOAT64, SparseFormat.DENSE, Device.cpu());
    }

    @Override
    public void forget(Parameter parameter, NDArray rows) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i) == parameter.getArray()) {
                FORGET.apply(rows, moments.first().get(i)).close();
                FORGET.apply(rows, moments.second().get(i)).close();
            }
        }
    }

    /** The same, for a step that is compiled as a whole. */
    Optimizer compiled() {
        return new Optimizer(
                new AdamScript(settings, AdamScript.Source.GIVEN, AdamScript.Guard.FINITE)
                        .compiled()
                        .code(),
                parameters,
                moments.first(),
                moments.second(),
                skipped.arrays());
    }

    /** Those that are trained, in the order of the moments. */
    List<NDArray> parameters() {
        return parameters;
    }

    /** Which steps were left out. */
    SkippedSteps skipped() {
        return skipped;
    }

    /** The state, in the order of the parameters that are trained; write into the arrays to restore it. */
    public Moments moments() {
        return moments;
    }

    @Override
    public void close() {
        owner.close();
    }

    private List<NDArray> zerosLike(List<NDArray> parameters) {
        return parameters.stream()
                .map(p -> owner.zeros(p.getShape(), p.getDataType()))
                .toList();
    }

    /**
     * Adam's constants; the defaults are the paper's and torch's, without decay and clipping.
     *
     * <pre>{@code
     * new FusedAdam.Settings().withWeightDecay(0.01).withClipNorm(1)
     * }</pre>
     *
     * @param beta1 the decay of the first moment, in [0, 1)
     * @param beta2 the decay of the second moment, in [0, 1)
     * @param epsilon what is added to the root of the second moment, positive
     * @param weightDecay what AdamW takes off the weights themselves, {@code theta <- (1 - lr weightDecay) theta}
     *     before the step, of weights with two axes or more: biases and scales do not decay. Loshchilov and Hutter
     *     2019, algorithm 2, https://arxiv.org/abs/1711.05101. 0 or more
     * @param clipNorm the largest norm of all gradients together: {@code g <- g min(1, clipNorm / (|g| + 1e-6))}, as
     *     torch.nn.utils.clip_grad_norm_; Pascanu et al. 2013, algorithm 1, https://arxiv.org/abs/1211.5063. Positive
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay, OptionalDouble clipNorm) {

        public Settings {
            for (double beta : new double[] {beta1, beta2}) {
                if (!(beta >= 0 && beta < 1)) {
                    throw new IllegalArgumentException("a decay rate of Adam is " + beta + "; expected 0 <= beta < 1");
                }
            }
            requirePositive("epsilon of Adam", epsilon);
            clipNorm.ifPresent(norm -> requirePositive("the largest norm of the gradient", norm));
            if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
                throw new IllegalArgumentException(
                        "the weight decay is " + weightDecay + "; expected a finite number, 0 or more");
            }
        }

        public Settings(double beta1, double beta2, double epsilon) {
            this(beta1, beta2, epsilon, 0, OptionalDouble.empty());
        }

        public Settings() {
            this(0.9, 0.999, 1e-8);
        }

        /** The same, with AdamW's decay. */
        public Settings withWeightDecay(double decay) {
            return new Settings(beta1, beta2, epsilon, decay, clipNorm);
        }

        /** The same, with gradients no longer than that. */
        public Settings withClipNorm(double norm) {
            return new Settings(beta1, beta2, epsilon, weightDecay, OptionalDouble.of(norm));
        }

        private static void requirePositive(String what, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(what + " is " + value + "; expected a positive number");
            }
        }
    }

    /** The running means of the gradients and of their squares, in the order of the parameters. */
    public record Moments(List<NDArray> first, List<NDArray> second) {}
}
