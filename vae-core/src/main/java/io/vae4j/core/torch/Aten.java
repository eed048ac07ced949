package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;

/**
 * ATen operations that DJL lacks or refuses, typed: values and gradients are torch's own. As everywhere, the first
 * argument owns the result. {@code docs/torch-bridge.md} shows how to add one.
 */
public final class Aten {

    private static final TorchFunction BINARY_CROSS_ENTROPY = TorchFunction.of(
            // 0 is the reduction 'none'
            "logits, targets", "torch.binary_cross_entropy_with_logits(logits, targets, None, None, 0)");
    private static final TorchFunction LINEAR = TorchFunction.of("x, w, b", "torch.linear(x, w, b)");
    private static final TorchFunction BIT_LIKELIHOOD =
            TorchFunction.of("l, t", "torch.log_sigmoid(torch.mul(l, torch.sub(torch.mul(t, 2.), 1.)))");
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
     * {@code log s((2 t - 1) l)} of each element, for the sigmoid s: the log-likelihood of bits t under logits l. One
     * kernel keeps for the gradient what it needs, so that backward takes no exponential.
     *
     * @param logits l, of any shape
     * @param bits t, zeros and ones only: for anything between, this is no likelihood of any kind
     * @return of the shape that both broadcast to, nats
     */
    public static NDArray bitLogLikelihood(NDArray logits, NDArray bits) {
        return BIT_LIKELIHOOD.apply(logits, bits);
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
}
