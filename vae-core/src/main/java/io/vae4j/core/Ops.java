package io.vae4j.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.vae4j.core.torch.SymbolicArray;
import io.vae4j.core.torch.TorchFunction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Arithmetic between arrays and plain numbers, for which this is the only place. DJL's own {@code x.mul(2f)} keeps its
 * scalar in a Java buffer that autograd reads after it may have been collected, which corrupts gradients silently; here
 * scalars live in native memory that autograd keeps alive. All results belong to the owner of the first argument.
 */
public final class Ops {

    private static final TorchFunction SOFTPLUS = TorchFunction.of(
            // beyond the threshold softplus(x) = x in both precisions: exp(-40) is below half an ulp of 40
            "x", "torch.softplus(x, 1, 40)");
    private static final Map<Integer, TorchFunction> LOG_SUM_EXP = new ConcurrentHashMap<>();

    private Ops() {}

    /** {@code x * factor}. */
    public static NDArray scale(NDArray x, double factor) {
        try (NDArray scalar = hostScalar(x, factor)) {
            return x.mul(scalar);
        }
    }

    /** {@code x + summand}. */
    public static NDArray shift(NDArray x, double summand) {
        try (NDArray scalar = hostScalar(x, summand)) {
            return x.add(scalar);
        }
    }

    /** {@code log(1 + exp(x))}, stable for any x. */
    public static NDArray softplus(NDArray x) {
        return SOFTPLUS.apply(x);
    }

    /** {@code log sum exp(x)} over one axis, which disappears. */
    public static NDArray logSumExp(NDArray x, int axis) {
        return LOG_SUM_EXP
                .computeIfAbsent(axis, a -> TorchFunction.of("x", "torch.logsumexp(x, [" + a + "])"))
                .apply(x);
    }

    /**
     * {@code log (1/n) sum exp(x)} over one axis of length n, which disappears: the importance-weighted bound for
     * {@code x = log w}. Burda et al. 2016, eq. 8, https://arxiv.org/abs/1509.00519
     */
    public static NDArray logMeanExp(NDArray x, int axis) {
        return shift(logSumExp(x, axis), -Math.log((double) x.getShape().get(axis)));
    }

    /**
     * {@code bound * tanh(x / bound)}: close to x near zero and never outside [-bound, bound]; its gradient fades
     * beyond the bound, and in float32 is zero from about 9 bounds on.
     */
    public static NDArray softBound(NDArray x, double bound) {
        return scale(scale(x, 1 / bound).tanh(), bound);
    }

    /** Sums the last {@code eventRank} axes: from values per element to one value per sample and example. */
    public static NDArray sumEvents(NDArray x, int eventRank) {
        if (eventRank == 0) {
            return x;
        }
        int rank = x.getShape().dimension();
        return x.sum(IntStream.range(rank - eventRank, rank).toArray());
    }

    /** Torch takes a 0-d array on the host as a kernel's argument: on a GPU, none is launched to fill it. */
    private static NDArray hostScalar(NDArray like, double value) {
        return full(like, new Shape(), value, Device.cpu());
    }

    /** A 0-d array with the device, type and owner of {@code like}. */
    public static NDArray scalar(NDArray like, double value) {
        return full(like, new Shape(), value);
    }

    /** A constant array with the device, type and owner of {@code like}. */
    public static NDArray full(NDArray like, Shape shape, double value) {
        return full(like, shape, value, like.getDevice());
    }

    private static NDArray full(NDArray like, Shape shape, double value, Device device) {
        if (like instanceof SymbolicArray symbolic) {
            return symbolic.constant(shape, value, device);
        }
        PtNDManager owner = (PtNDManager) like.getManager();
        return JniUtils.full(owner, shape, value, like.getDataType(), device, SparseFormat.DENSE);
    }
}
