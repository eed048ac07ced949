package io.vae4j.core.optimiser;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Adam for all parameters in one call of torch's fused kernel: {@code m <- b1 m + (1-b1) g}, {@code v <- b2 v + (1-b2)
 * g^2}, {@code theta <- theta - lr (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + eps)}. Kingma and Ba 2015, algorithm 1,
 * https://arxiv.org/abs/1412.6980. DJL's own Adam puts eps inside the bias correction and updates parameter by
 * parameter.
 *
 * <p>The learning rate and the step are arguments: the only state is m and v, which {@link #moments()} shows for
 * checkpoints. Gradients are zeroed after the update.
 */
public final class FusedAdam implements AutoCloseable {

    private final NDManager owner;
    private final NDArray[] arrays;
    private final Moments moments;
    private final TorchFunction update;

    /**
     * Those that are frozen now are left out for good; after freezing or thawing, make a new optimiser.
     *
     * @param all the arrays to train, on one device; they stay the model's
     * @param settings the decay rates and epsilon
     */
    public FusedAdam(NDManager parent, List<NDArray> all, Settings settings) {
        List<NDArray> parameters = all.stream().filter(NDArray::hasGradient).toList();
        owner = parent.newSubManager();
        moments = new Moments(zerosLike(parameters), zerosLike(parameters));
        arrays = Stream.of(parameters, moments.first(), moments.second())
                .flatMap(List::stream)
                .toArray(NDArray[]::new);
        update = updateOf(parameters.size(), settings);
        defineGradients(parameters);
    }

    /**
     * Updates every parameter by its gradient and zeroes the gradients.
     *
     * @param batch owns what the call allocates
     * @param learningRate the rate of this step
     * @param step the number of steps already taken, 0 for the first
     */
    public void step(NDManager batch, double learningRate, long step) {
        NDArray rate = batch.zeros(new Shape(), DataType.FLOAT32);
        try (rate;
                NDArray lr = Ops.scalar(rate, learningRate);
                NDArray t = Ops.scalar(rate, (double) (step + 1))) {
            NDArray[] rest = new NDArray[arrays.length + 1];
            rest[0] = t;
            System.arraycopy(arrays, 0, rest, 1, arrays.length);
            update.apply(lr, rest).close();
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

    /** A first backward pass over {@code 0 * sum(p)}, since the kernel wants a gradient for every parameter. */
    private void defineGradients(List<NDArray> parameters) {
        TorchFunction zeroSum = TorchFunction.of("zero, p", "torch.mul(torch.sum(p), zero)");
        try (NDManager scratch = owner.newSubManager();
                GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            for (NDArray parameter : parameters) {
                tape.backward(zeroSum.apply(scratch.zeros(new Shape(), parameter.getDataType()), parameter));
            }
        }
    }

    /** Returns a gradient list's element: TorchScript drops in-place calls that no result depends on. */
    private static TorchFunction updateOf(int count, Settings settings) {
        String parameters = names("p", count) + ", " + names("m", count) + ", " + names("v", count);
        String steps = IntStream.range(0, count).mapToObj(i -> "t").collect(Collectors.joining(", "));
        String gradients =
                IntStream.range(0, count).mapToObj(i -> "p" + i + ".grad").collect(Collectors.joining(", "));
        return TorchFunction.ofBody(
                "lr, t, " + parameters,
                String.format(
                        Locale.ROOT,
                        """
                        g = [%s]
                        _0 = torch._fused_adam_([%s], g, [%s], [%s], annotate(List[Tensor], []), [%s], lr=lr, beta1=%s, beta2=%s, weight_decay=0., eps=%s, amsgrad=False, maximize=False, grad_scale=None, found_inf=None)
                        _1 = torch._foreach_zero_(g)
                        return g[0]""",
                        gradients,
                        names("p", count),
                        names("m", count),
                        names("v", count),
                        steps,
                        settings.beta1(),
                        settings.beta2(),
                        settings.epsilon()));
    }

    private static String names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
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

    /** The running means of the gradients and of their squares, in the order of the parameters. */
    public record Moments(List<NDArray> first, List<NDArray> second) {}
}
