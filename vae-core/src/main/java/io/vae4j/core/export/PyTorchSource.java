package io.vae4j.core.export;

import ai.djl.nn.Block;

/**
 * A part that says its computation in PyTorch, so that models with it can be exported. Its children and parameters keep
 * their names, {@code self.fc1}; the code says only what is done with them:
 *
 * <pre>{@code
 * public PyTorchCode pyTorch(PyTorchInputs inputs) {
 *     return PyTorchCode.forward("x", List.of("return torch.sigmoid(self.logits(x))"));
 * }
 * }</pre>
 */
public interface PyTorchSource extends Block {

    /**
     * The code of this part as it is initialized. Events are [B, ...X] there: it knows no axis of samples.
     *
     * @param inputs what networks are given
     */
    PyTorchCode pyTorch(PyTorchInputs inputs);
}
