package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ATen operations that DJL lacks or refuses, typed: values and gradients are torch's own but for the roundings of
 * {@link #tanh}. As everywhere, the first argument owns the result. {@code docs/torch-bridge.md} shows how to add one.
 */
public final class Aten {

    /** How many numbers of a half and more may be multiplied before float32 underflows. */
    public static final int LONGEST_PRODUCT = 120;

    private static final TorchFunction FINITE =
            TorchFunction.of("x", "torch.reshape(torch.to(torch.all(torch.isfinite(x)), 6), [1])");

    private static final TorchFunction BIT_LIKELIHOOD =
            logitLikelihood("torch.clamp_max_(torch.mul(l, torch.sub(torch.mul(x, 2.), 1.), out=%s), 0.)");
    private static final TorchFunction GRAY_LIKELIHOOD =
            logitLikelihood("torch.sub_(torch.mul(l, x, out=%s), torch.relu(l))");
    private static final TorchFunction TANH = TorchFunction.ofBody("x", """
            if x.requires_grad:
              y = torch.tanh(x)
            else:
              y = torch.sub_(torch.mul_(torch.sigmoid_(torch.mul(x, 2.)), 2.), 1.)
            return y""")
            .with(new Derivative(
                    "return [torch.tanh(x)]",
                    List.of("y"),
                    Map.of("x", "torch.tanh_backward(g, y)"),
                    Derivative.Memory.NEW));
    private static final TorchFunction OVERWRITE =
            TorchFunction.of("value, target", "torch.copy_(torch.detach(target), value)");
    private static final TorchFunction CHOLESKY = TorchFunction.of("x", "torch.linalg_cholesky(x)");
    private static final TorchFunction SOLVE_LOWER =
            TorchFunction.of("right, lower", "torch.linalg_solve_triangular(lower, right, upper=False)");
    private static final TorchFunction STRICTLY_LOWER = TorchFunction.of("x", "torch.tril(x, -1)");
    private static final TorchFunction DIAGONAL = TorchFunction.of("x", "torch.diagonal(x, 0, -2, -1)");
    private static final TorchFunction DIAGONAL_MATRIX = TorchFunction.of("x", "torch.diag_embed(x)");
    private static final TorchFunction ROWS = TorchFunction.of("indices, table", "torch.embedding(table, indices)");
    private static final TorchFunction CAUSAL_ATTENTION = TorchFunction.of(
            // no mask of its own, no dropout, causal
            "q, k, v", "torch.scaled_dot_product_attention(q, k, v, None, 0., True)");

    private Aten() {}

    /**
     * {@code sum_j x_j l_j - softplus(l_j)}, the log-likelihood of bits x under logits l, over the last two axes. It
     * has the gradients of this formula, {@code x - s(l)} by l and {@code l} by x, and no second ones.
     *
     * @param logits l, finite, [..., G, N]; how events are cut into G groups is no matter. N is at most
     *     {@link #LONGEST_PRODUCT}, or 1 in types of less range than float32
     * @param bits x, [..., G, N], zeros and ones only: for anything between, the value is no likelihood of any kind
     * @return [...], nats
     */
    public static NDArray bitLogLikelihood(NDArray logits, NDArray bits) {
        return BIT_LIKELIHOOD.apply(logits, bits);
    }

    /** The same formula for gray levels x in [0, 1], to which {@link #bitLogLikelihood} does not stretch. */
    public static NDArray grayLogLikelihood(NDArray logits, NDArray levels) {
        return GRAY_LIKELIHOOD.apply(logits, levels);
    }

    /**
     * {@code sum x l - softplus(l) = sum x l - max(l, 0) + log s(|l|)}. Numbers s(|l|) are at least a half, so that 120
     * of them have a product in float32, and one logarithm of the product does for all. The gradient {@code x - s(l)}
     * by l is written down, since it costs little more: {@code sum l g} with g held constant has it, and the value is
     * put right. With no gradient s(|l|) is computed as it stands, otherwise as the larger of s(l), which the gradient
     * needs, and 1 - s(l). Memory is written twice wherever it can be: all of this waits for memory, not for
     * arithmetic.
     *
     * @param linear {@code x l - max(l, 0)} of each element, written to %s
     */
    private static TorchFunction logitLikelihood(String linear) {
        return TorchFunction.ofBody("logits, levels", """
                x = torch.type_as(torch.detach(levels), logits)
                l = torch.broadcast_tensors([torch.detach(logits), x])[0]
                p = torch.sigmoid(l) if logits.requires_grad else torch.abs(l)
                surer = torch.maximum(p, torch.rsub(p, 1.)) if logits.requires_grad else torch.sigmoid_(p)
                logs = torch.sum(torch.log(torch.prod(surer, -1)), [-1])
                value = torch.add(logs, torch.sum(%s, [-2, -1]))
                if levels.requires_grad:
                  tangent = torch.sum(torch.mul(l, levels), [-2, -1])
                  value = torch.add(tangent, torch.sub(value, torch.detach(tangent)))
                if logits.requires_grad:
                  tangent = torch.neg(torch.sum(torch.mul(logits, torch.sub_(p, x)), [-2, -1]))
                  value = torch.add(tangent, torch.sub(value, torch.detach(tangent)))
                return value""".formatted(linear.formatted("surer")))
                .with(logitGradient(linear));
    }

    /** The same values; the sigmoid is kept, and what the gradient is made of is written over it. */
    private static Derivative logitGradient(String linear) {
        String overSurer = linear.formatted("surer");
        return new Derivative(
                """
                x = torch.type_as(levels, logits)
                l = torch.broadcast_tensors([logits, x])[0]
                p = torch.sigmoid(l)
                q = torch.rsub(p, 1.)
                surer = torch.maximum(p, q, out=q)
                logs = torch.sum(torch.log(torch.prod(surer, -1)), [-1])
                total = torch.add(logs, torch.sum(%s, [-2, -1]))
                return [total, p, x]""".formatted(overSurer),
                List.of("total", "p", "x"),
                Map.of("logits", "torch.mul_(torch.sub(x, p, out=p), torch.unsqueeze(torch.unsqueeze(g, -1), -1))"));
    }

    /**
     * tanh of each element, for hidden units. Where nothing is to be differentiated it is {@code 2 s(2 x) - 1}, for
     * torch's sigmoid takes less than half of the time of its tanh: the error then is absolute, about 1e-7 in float32,
     * so that numbers close to zero have few right digits.
     */
    public static NDArray tanh(NDArray x) {
        return TANH.apply(x);
    }

    /**
     * {@code x W^T + b}, the bias inside the product's kernel, which DJL's own call does for matrices only.
     *
     * @param x [..., in]
     * @param weight [out, in]
     * @param bias [out]
     * @return [..., out]
     */
    public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        Shape leading = x.getShape().slice(0, x.getShape().dimension() - 1);
        // both hold memory that the caller could not free
        try (NDArray rows = x.reshape(leading.size(), weight.getShape().get(1));
                NDArray flat = Linear.linear(rows, weight, bias).singletonOrThrow()) {
            return flat.reshape(leading.add(weight.getShape().get(0)));
        }
    }

    /** Whether no number of an array is infinite or NaN; this waits for the device. */
    public static boolean isFinite(NDArray x) {
        try (NDArray finite = FINITE.apply(x)) {
            return finite.getFloat() != 0;
        }
    }

    /**
     * Copies values into an array, past any gradient and in the array's own memory: DJL's {@code copyTo} gives it other
     * memory, by way of the host. Values of another type are converted. Not between a forward pass that reads the array
     * and its backward pass, which would refuse.
     *
     * @param value of the target's shape
     */
    public static void overwrite(NDArray target, NDArray value) {
        if (!target.getShape().equals(value.getShape())) {
            throw new IllegalArgumentException("an array of shape " + target.getShape()
                    + " was to be overwritten by one of shape " + value.getShape() + "; expected equal shapes");
        }
        Optional<SymbolicArray> symbolic = SymbolicArray.among(value, target);
        symbolic.ifPresentOrElse(
                array -> array.overwrite(target, value),
                () -> OVERWRITE.apply(value, target).close());
    }

    /**
     * The lower triangular L with {@code L L^T = x}.
     *
     * @param x symmetric and positive definite, [..., D, D]; otherwise the engine names the minor that is not
     */
    public static NDArray cholesky(NDArray x) {
        return CHOLESKY.apply(x);
    }

    /**
     * The X with {@code lower X = right}; leading axes broadcast.
     *
     * @param right [..., D, N]; it owns the result
     * @param lower lower triangular, [..., D, D]; what is above the diagonal is not read
     */
    public static NDArray solveLower(NDArray right, NDArray lower) {
        return SOLVE_LOWER.apply(right, lower);
    }

    /** Zeroes the diagonal and what is above it, [..., D, D]: the slides' mask. */
    public static NDArray strictlyLower(NDArray x) {
        return STRICTLY_LOWER.apply(x);
    }

    /** The diagonals of matrices: from [..., D, D] to [..., D]. */
    public static NDArray diagonal(NDArray x) {
        return DIAGONAL.apply(x);
    }

    /** Matrices with the given diagonals: from [..., D] to [..., D, D]. */
    public static NDArray diagonalMatrix(NDArray x) {
        return DIAGONAL_MATRIX.apply(x);
    }

    /**
     * Rows of a table; the gradient of a row is the sum over all places that read it.
     *
     * @param indices whole numbers, INT64, of any shape; they own the result
     * @param table [N, D]
     * @return the shape of {@code indices} with D behind
     */
    public static NDArray rows(NDArray indices, NDArray table) {
        return ROWS.apply(indices, table);
    }

    /**
     * {@code softmax(q k^T / sqrt(D)) v}, where place i attends to places 0 to i only. Vaswani et al. 2017, eq. 1,
     * https://arxiv.org/abs/1706.03762
     *
     * @param queries [..., T, D]
     * @param keys [..., T, D]
     * @param values [..., T, D]
     * @return [..., T, D]
     */
    public static NDArray causalAttention(NDArray queries, NDArray keys, NDArray values) {
        return CAUSAL_ATTENTION.apply(queries, keys, values);
    }
}
