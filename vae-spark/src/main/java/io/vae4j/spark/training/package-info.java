/**
 * Training by local SGD on the executors of a Spark cluster.
 *
 * <p>The driver broadcasts the state of a round, each task takes the local steps of one worker, and the mean
 * {@code theta = sum_k (n_k / n) theta_k} comes back: {@code T_round = H t_step + 2 (bytes / bandwidth) log2 N +
 * overhead}.
 */
@NullMarked
package io.vae4j.spark.training;

import org.jspecify.annotations.NullMarked;
