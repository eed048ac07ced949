/**
 * JMH benchmarks of the ELBO step: one forward pass, one backward pass and one update, {@code theta <- theta + lr *
 * Adam(grad ELBO)}. The same work in PyTorch is under peers/.
 */
@NullMarked
package io.vae4j.benchmarks;

import org.jspecify.annotations.NullMarked;
