/**
 * Steps of training that run as one program: what the parts of a model do with arrays is written down once, the
 * gradient is derived from that, and all of it is one TorchScript function from then on.
 *
 * <p>For a step {@code y_i = f_i(y_j, j < i)}, i = 1..n, the gradient is {@code d y_n / d y_j = sum_i (d y_n / d y_i)
 * (d f_i / d y_j)}, from the last operation to the first.
 */
@NullMarked
package io.vae4j.core.compiled;

import org.jspecify.annotations.NullMarked;
