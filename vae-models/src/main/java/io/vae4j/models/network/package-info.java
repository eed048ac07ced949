/**
 * Networks: dense and convolutional layers, and what is made of them.
 *
 * <p>A dense layer is {@code y = act(x W^T + b)}, a convolution {@code y_o = act(sum_i W_oi * x_i + b_o)}; a
 * {@link io.vae4j.core.model.Family} ends a network in a distribution.
 */
@NullMarked
package io.vae4j.models.network;

import org.jspecify.annotations.NullMarked;
