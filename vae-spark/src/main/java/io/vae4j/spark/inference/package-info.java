/**
 * Trained models on the rows of a table that is too large for one machine: {@code encode}, {@code score} and
 * {@code evaluate} as columns of a {@code Dataset}. Each executor process loads a model once, and rows go through it
 * partition by partition. What is drawn for a row is a function of (seed, index of the row), as for an example on one
 * machine, so that neither partitions nor retries change a number: of the bound {@code L_K = E[log (1/K) sum_k p(x,
 * z_k) / q(z_k|x)]} (Burda et al. 2016, eq. 8) a row has the same estimate wherever it is computed.
 */
@NullMarked
package io.vae4j.spark.inference;

import org.jspecify.annotations.NullMarked;
