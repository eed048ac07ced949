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
    private static final Map<Integer, TorchFunction> BIT_LIKELIHOOD = new ConcurrentHashMap<>();
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
    private static final Map<Sliding, TorchFunction> CONVOLUTIONS = new ConcurrentHashMap<>();

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
     * {@code sum_j log s((2 t_j - 1) l_j)} over the last axes, for the sigmoid s: the log-likelihood of bits t under
     * logits l. One kernel keeps for the gradient what it needs, so that backward takes no exponential.
     *
     * @param logits l, [K or 1, B or 1, ...event]
     * @param bits t, zeros and ones, [B, ...event] or [K, B, ...event]
     * @param eventRank how many trailing axes are summed
     * @return [K, B], nats
     */
    public static NDArray bitLogLikelihood(NDArray logits, NDArray bits, int eventRank) {
        return BIT_LIKELIHOOD.computeIfAbsent(eventRank, Aten::bitLikelihood).apply(logits, bits);
    }

    private static TorchFunction bitLikelihood(int eventRank) {
        String event = IntStream.rangeClosed(1, eventRank)
                .mapToObj(axis -> String.valueOf(-axis))
                .collect(Collectors.joining(", ", "[", "]"));
        return TorchFunction.ofBody("l, t", """
                signs = torch.sub(torch.mul(t, 2), 1)
                return torch.sum(torch.log_sigmoid(torch.mul(l, signs)), %s)""".formatted(event));
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
     * The cross-correlation over two image axes.
     *
     * @param input [N, in, H, W]
     * @param weight [out, in, h, w], as in torch
     * @param bias [out]
     * @param stride at least 1
     * @param padding zeros at each border, 0 or more
     * @return [N, out, H', W'] with {@code H' = floor((H + 2 padding - h) / stride) + 1}
     */
    public static NDArray conv2d(NDArray input, NDArray weight, NDArray bias, int stride, int padding) {
        String rest = "[%1$d, %1$d], [%2$d, %2$d], [1, 1], 1".formatted(stride, padding);
        return CONVOLUTIONS
                .computeIfAbsent(new Sliding("conv2d", rest, Layout.of(input)), Sliding::function)
                .apply(input, weight, bias);
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
        return CONVOLUTIONS
                .computeIfAbsent(
                        new Sliding("conv_transpose2d", upsampling.arguments(), Layout.of(input)), Sliding::function)
                .apply(input, weight, bias);
    }

    /** One of torch's convolutions with all that is not a tensor. */
    private record Sliding(String name, String arguments, Layout layout) {

        TorchFunction function() {
            return TorchFunction.of("x, w, b", "torch." + name + "(" + layout.input + ", w, b, " + arguments + ")");
        }
    }

    /** In which order an image lies in memory; layers that follow keep it. */
    private enum Layout {
        /** What the CPU's kernels work in: any other order is converted on the way in and out of each of them. */
        CHANNELS_LAST("torch.contiguous(x, memory_format=2)"),
        /** What cuDNN prefers in float32. */
        AS_IT_IS("x");

        private final String input;

        Layout(String input) {
            this.input = input;
        }

        static Layout of(NDArray x) {
            return x.getDevice().isGpu() ? AS_IT_IS : CHANNELS_LAST;
        }
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

        private String arguments() {
            return "[%1$d, %1$d], [%2$d, %2$d], [%3$d, %3$d], 1, [1, 1]".formatted(stride, padding, outputPadding);
        }
    }
}
