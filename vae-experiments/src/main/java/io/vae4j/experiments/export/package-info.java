/**
 * Trained models for other programs: weights, code and checks for PyTorch, and the decoder as TorchScript.
 *
 * <p>What is exported is {@code E[x|z]} at {@code z = E_q[z|x]}, the reconstruction, in its two steps.
 */
@NullMarked
package io.vae4j.experiments.export;

import org.jspecify.annotations.NullMarked;
