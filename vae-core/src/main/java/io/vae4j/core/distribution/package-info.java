/**
 * Distributions: plain records over arrays, in nats, with no random state and no blocks.
 *
 * <p>Parameters have the shape [K or 1, B or 1, ...event]; {@code log p(v) = sum_j log p(v_j)} sums the event axes, and
 * what is left is [K, B].
 */
@NullMarked
package io.vae4j.core.distribution;

import org.jspecify.annotations.NullMarked;
