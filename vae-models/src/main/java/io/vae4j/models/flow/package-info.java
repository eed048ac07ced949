/**
 * Flows: maps with a known Jacobian, which make a richer distribution of a simple one.
 *
 * <p>A sample {@code z = f_T(... f_1(z_0))} has {@code log q(z) = log q(z_0) - sum_t log|det df_t/dz_(t-1)|}. Rezende
 * and Mohamed 2015, eq. 13, https://arxiv.org/abs/1505.05770
 */
@NullMarked
package io.vae4j.models.flow;

import org.jspecify.annotations.NullMarked;
