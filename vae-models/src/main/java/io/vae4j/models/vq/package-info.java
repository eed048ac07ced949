/**
 * Discrete latents: grids of codes, from a learned codebook or by rounding, and priors over such grids.
 *
 * <p>The vector-quantized posterior is a point mass on the nearest codes, {@code k_i = argmin_j ||z_i - e_j||}, so that
 * {@code log p(x) >= log p(x|e_k) + log p(k)}: with the uniform prior the last term is {@code -positions * log N}, and
 * a learned one ({@link io.vae4j.models.vq.AutoregressiveTransformer}) makes it smaller in size. Van den Oord et al.
 * 2017, https://arxiv.org/abs/1711.00937. Rounded numbers need no codebook; Mentzer et al. 2024,
 * https://arxiv.org/abs/2309.15505
 */
@NullMarked
package io.vae4j.models.vq;

import org.jspecify.annotations.NullMarked;
