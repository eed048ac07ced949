/**
 * What a model computes, as PyTorch code: the parts of a model say theirs, and from it come a Python file and a
 * TorchScript archive.
 *
 * <p>For instance a dense layer is {@code nn.Linear(784, 400)}, and {@code y = x W^T + b} in TorchScript.
 */
@NullMarked
package io.vae4j.core.export;

import org.jspecify.annotations.NullMarked;
