package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;
import java.util.List;

/** The gradient of a batch that is passed in parts: {@code g = sum_p (B_p / B) g_p}. It stays on the device. */
final class GradientSum {

    private static final TorchFunction ADD = TorchFunction.ofBody("weight, sum: List[Tensor], p: List[Tensor]", """
            g = annotate(List[Tensor], [])
            for x in p:
              _0 = torch.append(g, x.grad if torch.numel(x.grad) != 0 else torch.zeros_like(x))
            _1 = torch._foreach_mul_(g, weight)
            _2 = torch._foreach_add_(sum, g)
            return sum[0]""");

    private final List<NDArray> sums;

    /**
     * @param parameters those that are trained
     * @param batch owns the sum
     */
    GradientSum(List<NDArray> parameters, NDManager batch) {
        sums = parameters.stream()
                .map(parameter -> batch.zeros(parameter.getShape(), parameter.getDataType()))
                .toList();
    }

    /** Adds the gradients of a part, and spoils them. */
    void add(LeafParameters leaves, double weight) {
        try (NDArray scale = Ops.scalar(sums.get(0), weight)) {
            ADD.applyToLists(List.of(scale), List.of(sums, leaves.arrays())).close();
        }
    }

    /** The sums, in the order of the parameters. */
    List<NDArray> gradients() {
        return sums;
    }
}
