package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;

/**
 * One layer of a transformer, {@code h = x + attention(norm(x))}, {@code y = h + mlp(norm(h))}, whose place i depends
 * on places 0 to i. Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, with the norm in front as in Radford et al.
 * 2019. Norms have no scale and shift of their own, which the dense layer behind each would only repeat.
 */
final class TransformerBlock extends TypedBlock {

    private static final int EXPANSION = 4;
    private static final TorchFunction NORMALIZED = TorchFunction.of("x", "torch.layer_norm(x, [torch.size(x, -1)])");

    private final int heads;
    private final Dense projected;
    private final Dense attended;
    private final Dense expanded;
    private final Dense contracted;

    /** @param width a multiple of {@code heads} */
    TransformerBlock(int width, int heads, Initialization start) {
        this.heads = heads;
        projected = child("projected", new Dense(3L * width, start));
        attended = child("attended", new Dense(width, start));
        expanded = child("expanded", new Dense((long) EXPANSION * width, start));
        contracted = child("contracted", new Dense(width, start));
    }

    /** @param x [R, T, width] */
    NDArray apply(Pass pass, NDArray x) {
        appliedTo(pass, x, 2);
        NDArray read = x.add(attention(pass, normalized(x)));
        NDArray hidden = Activation.GELU.apply(expanded.apply(pass, normalized(read)));
        return read.add(contracted.apply(pass, hidden));
    }

    /** Mean 0 and variance 1 over the last axis. */
    static NDArray normalized(NDArray x) {
        return NORMALIZED.apply(x);
    }

    private NDArray attention(Pass pass, NDArray x) {
        Shape shape = x.getShape();
        // [3, R, heads, T, width / heads]
        NDArray each = projected
                .apply(pass, x)
                .reshape(shape.get(0), shape.get(1), 3, heads, -1)
                .transpose(2, 0, 3, 1, 4);
        NDArray mixed = Aten.causalAttention(each.get(0), each.get(1), each.get(2));
        return attended.apply(pass, mixed.transpose(0, 2, 1, 3).reshape(shape));
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.head()));
    }
}
