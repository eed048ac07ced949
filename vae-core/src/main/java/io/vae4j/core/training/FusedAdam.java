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
import io.vae4j.core.torch.TorchFunction;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    private final TorchFunction update;
    private final TorchFunction updateAndZero;

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
        update = new Script(settings, "g[0]").compiled();
        updateAndZero = new Script(settings, "torch._foreach_zero_(g)").compiled();
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
        apply(update, leaves.arrays(), learningRate, step);
    }

    /**
     * Updates every parameter by its own gradient, or by zero if it has none, and zeroes the gradients.
     *
     * @param learningRate the rate of this step
     * @param step the number of steps already taken, 0 for the first
     */
    public void step(double learningRate, long step) {
        apply(updateAndZero, parameters, learningRate, step);
    }

    private void apply(TorchFunction function, List<NDArray> arrays, double learningRate, long step) {
        if (arrays.isEmpty()) {
            return;
        }
        // on the host and in double: the kernel takes it as an argument, and a float would round it
        try (NDArray lr = JniUtils.full(
                        (PtNDManager) owner,
                        new Shape(),
                        learningRate,
                        DataType.FLOAT64,
                        Device.cpu(),
                        SparseFormat.DENSE);
                NDArray t = owner.full(new Shape(), step + 1f, DataType.FLOAT32)) {
            function.applyToLists(List.of(lr, t), List.of(arrays, moments.first(), moments.second()))
                    .close();
        }
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
     * Adam's constants; the defaults are the paper's and torch's.
     *
     * @param beta1 the decay of the first moment, in [0, 1)
     * @param beta2 the decay of the second moment, in [0, 1)
     * @param epsilon what is added to the root of the second moment, positive
     */
    public record Settings(double beta1, double beta2, double epsilon) {

        public Settings {
            for (double beta : new double[] {beta1, beta2}) {
                if (!(beta >= 0 && beta < 1)) {
                    throw new IllegalArgumentException("a decay rate of Adam is " + beta + "; expected 0 <= beta < 1");
                }
            }
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("epsilon of Adam is " + epsilon + "; expected a positive number");
            }
        }

        public Settings() {
            this(0.9, 0.999, 1e-8);
        }
    }

    /**
     * The update as TorchScript, compiled once for all optimizers that are alike.
     *
     * @param result what is returned, made of g: TorchScript drops in-place calls that no result depends on
     */
    private record Script(Settings settings, String result) {

        private static final Map<Script, TorchFunction> COMPILED = new ConcurrentHashMap<>();

        TorchFunction compiled() {
            return COMPILED.computeIfAbsent(this, Script::function);
        }

        private TorchFunction function() {
            return TorchFunction.ofBody(
                    "lr, t, p: List[Tensor], m: List[Tensor], v: List[Tensor]",
                    String.format(Locale.ROOT, """
                            g = annotate(List[Tensor], [])
                            steps = annotate(List[Tensor], [])
                            reached = 0
                            for x in p:
                              reached = torch.add(reached, torch.numel(x.grad))
                              _0 = torch.append(g, x.grad if torch.numel(x.grad) != 0 else torch.zeros_like(x))
                              _1 = torch.append(steps, t)
                            if torch.eq(reached, 0):
                              ops.prim.RaiseException("no parameter has a gradient; was the pass given the leaves of this step?")
                            _2 = torch._fused_adam_(p, g, m, v, annotate(List[Tensor], []), steps, lr=lr, beta1=%s, beta2=%s, weight_decay=0., eps=%s, amsgrad=False, maximize=False, grad_scale=None, found_inf=None)
                            _3 = %s
                            return g[0]""", settings.beta1(), settings.beta2(), settings.epsilon(), result));
        }
    }

    /** The running means of the gradients and of their squares, in the order of the parameters. */
    public record Moments(List<NDArray> first, List<NDArray> second) {}
}
