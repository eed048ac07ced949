package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Network;
import java.util.List;

/**
 * A network whose answer is added to what it read, {@code y = x_F + f(x)}, where x_F are the first F of its inputs and
 * F is as wide as the answer: what else it read, such as latents behind the features of a layer above, changes y only
 * by f. He et al. 2016, https://arxiv.org/abs/1603.05027
 */
public final class Residual extends NetworkBlock implements Encoder, PyTorchSource {

    private static final int FEATURES = 2;

    private final Network branch;

    /** @param branch from x to as many features as are added to, or fewer */
    public Residual(Network branch) {
        this.branch = child("branch", branch);
    }

    /**
     * @param x [K or 1, B, F or more, ...positions]
     * @return [K or 1, B, F, ...positions]
     */
    @Override
    public NDArray features(Pass pass, NDArray x, Condition condition) {
        appliedTo(pass, condition, x);
        NDArray change = ready(pass, branch, condition, x).features(pass, x, condition);
        long features = change.getShape().get(FEATURES);
        if (features > x.getShape().get(FEATURES)) {
            throw new IllegalArgumentException("the branch makes " + features + " features of "
                    + x.getShape().get(FEATURES) + "; expected as many or fewer, to be added to the first of them");
        }
        return x.get(new NDIndex(":, :, :{}", features)).add(change);
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return PyTorchCode.forward(
                inputs.with("x"),
                List.of("change = self.branch(" + inputs.with("x") + ")", "return x[:, :change.size(1)] + change"));
    }
}
