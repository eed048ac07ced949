/**
 * The TorchScript bridge: ATen operations that DJL does not expose, with autograd, from one line of TorchScript.
 *
 * <p>For instance {@code log sum_i exp(x_i) = torch.logsumexp(x, [0])}, stable where a chain of DJL calls needs care.
 */
@NullMarked
package io.vae4j.core.torch;

import org.jspecify.annotations.NullMarked;
