package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.Aten;

/** The nonlinearities of hidden layers. */
public enum Activation {
    RELU,
    /** x above zero, and a fifth of it below. Maas et al. 2013, eq. 2. */
    LEAKY_RELU,
    TANH,
    GELU,
    SOFTPLUS,
    IDENTITY;

    private static final float LEAK = 0.2f;

    /** The function in PyTorch, of a value. */
    public String pyTorch(String value) {
        return switch (this) {
            case RELU -> "F.relu(" + value + ")";
            case LEAKY_RELU -> "F.leaky_relu(" + value + ", " + LEAK + ")";
            case TANH -> "torch.tanh(" + value + ")";
            case GELU -> "F.gelu(" + value + ")";
            case SOFTPLUS -> "F.softplus(" + value + ")";
            case IDENTITY -> value;
        };
    }

    /**
     * Applies the function to what the caller has made for it alone, and frees that: a step then writes to memory that
     * is still in the cache. Gradients keep what they need.
     */
    NDArray consume(NDArray x) {
        NDArray result = apply(x);
        if (this != IDENTITY) {
            x.close();
        }
        return result;
    }

    /** Applies the function to each element. */
    public NDArray apply(NDArray x) {
        return switch (this) {
            case RELU -> ai.djl.nn.Activation.relu(x);
            case LEAKY_RELU -> ai.djl.nn.Activation.leakyRelu(x, LEAK);
            case TANH -> Aten.tanh(x);
            case GELU -> ai.djl.nn.Activation.gelu(x);
            case SOFTPLUS -> Ops.softplus(x);
            case IDENTITY -> x;
        };
    }
}
