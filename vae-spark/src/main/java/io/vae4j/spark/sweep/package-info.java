/**
 * The runs of a sweep on the executors of a cluster, one in each place for a task. A run is kept in a store that all
 * machines see, checkpoint by checkpoint, so that an executor that is lost costs at the most what it did since its last
 * one: with a checkpoint every {@code c} seconds that is {@code c / 2} in the mean.
 */
@NullMarked
package io.vae4j.spark.sweep;

import org.jspecify.annotations.NullMarked;
