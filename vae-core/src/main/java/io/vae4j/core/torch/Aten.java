package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * ATen operations that DJL lacks or refuses, typed: values and gradients are torch's own. As everywhere, the first
 * argument owns the result. {@code docs/torch-bridge.md} shows how to add one.
 */
public final class Aten {

    private static final TorchFunction BINARY_CROSS_ENTROPY = TorchFunction.of(
            // 0 is the reduction 'none'
            "logits, targets", "torch.binary_cross_entropy_with_logits(logits, targets, None, None, 0)");
    private static final TorchFunction LINEAR = TorchFunction.of("x, w, b", "torch.linear(x, w, b)");
    private static final Map<Integer, TorchFunction> LOGIT_LIKELIHOOD = new ConcurrentHashMap<>();
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
    private static final Map<Upsampling, TorchFunction> CONV_TRANSPOSE = new ConcurrentHashMap<>();

    private Aten() {}

    /**
     * {@code -t log s(l) - (1 - t) log(1 - s(l))} for the sigmoid s, stable for any logit.
     *
     * @param logits l, of any shape
     * @param targets t in [0, 1], of the same shape
     * @return of the same shape, nats
     */
    public static NDArray binaryCrossEntropyWithLogits(NDArray logits, NDArray targets) {
        return BINARY_CROSS_ENTROPY.apply(logits, targets);
    }

    /**
     * {@code sum_j t_j l_j - softplus(l_j)} over the last axes: the log-likelihood of bits t under logits l, and the
     * cross-entropy of grey levels. With s the sigmoid it is taken as {@code sum_j l_j (t_j - s(l_j))}, where the
     * bracket is a constant that happens to be the gradient, plus {@code sum_j l_j s(l_j) - softplus(l_j)}, a constant
     * as well: one exponential serves value and gradient, and backward is one product. softplus is {@code max(l, 0) -
     * log max(s, 1 - s)}, stable for any logit.
     *
     * @param logits l, [K or 1, B or 1, ...event]
     * @param targets t in [0, 1], [B, ...event] or [K, B, ...event]
     * @param eventRank how many trailing axes are summed
     * @return [K, B], nats
     */
    public static NDArray logitLogLikelihood(NDArray logits, NDArray targets, int eventRank) {
        return LOGIT_LIKELIHOOD
                .computeIfAbsent(eventRank, Aten::logitLikelihood)
                .apply(logits, targets);
    }

    private static TorchFunction logitLikelihood(int eventRank) {
        String event = IntStream.rangeClosed(1, eventRank)
                .mapToObj(axis -> String.valueOf(-axis))
                .collect(Collectors.joining(", ", "[", "]"));
        return TorchFunction.ofBody("l, t", """
                d = torch.detach(l)
                s = torch.sigmoid(d)
                y = torch.log_(torch.add_(torch.abs_(torch.sub(s, 0.5)), 0.5))
                c = torch.sub_(torch.addcmul_(y, d, s), torch.clamp_min(d, 0.))
                g = torch.sub(t, s)
                return torch.add(torch.sum(torch.mul(l, g), %1$s), torch.sum(c, %1$s))""".formatted(event));
    }

    /**
     * {@code x W^T + b}, the bias inside the product's kernel.
     *
     * @param x [..., in]
     * @param weight [out, in]
     * @param bias [out]
     * @return [..., out]
     */
    public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return LINEAR.apply(x, weight, bias);
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

    /**
     * The transposed convolution, which DJL's PyTorch engine does not implement.
     *
     * @param input [N, in, H, W]
     * @param weight [in, out, h, w], as in torch
     * @param bias [out]
     * @return [N, out, (H - 1) stride - 2 padding + h + outputPadding, likewise for W]
     */
    public static NDArray convTranspose2d(NDArray input, NDArray weight, NDArray bias, Upsampling upsampling) {
        return CONV_TRANSPOSE.computeIfAbsent(upsampling, Upsampling::function).apply(input, weight, bias);
    }

    /**
     * How a transposed convolution enlarges both image axes.
     *
     * @param stride the factor of enlargement, at least 1
     * @param padding what is cut off at each border, 0 or more
     * @param outputPadding what is added at the lower and right border, 0 or more and less than the stride
     */
    public record Upsampling(int stride, int padding, int outputPadding) {

        public Upsampling {
            if (stride < 1 || padding < 0 || outputPadding < 0 || outputPadding >= stride) {
                throw new IllegalArgumentException("stride is " + stride + ", padding " + padding
                        + " and output padding " + outputPadding
                        + "; expected stride >= 1, padding >= 0 and 0 <= output padding < stride");
            }
        }

        private TorchFunction function() {
            String both = "[%1$d, %1$d], [%2$d, %2$d], [%3$d, %3$d]".formatted(stride, padding, outputPadding);
            return TorchFunction.of("x, w, b", "torch.conv_transpose2d(x, w, b, " + both + ", 1, [1, 1])");
        }
    }
}
