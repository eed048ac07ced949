/**
 * What one machine is too small for, on a cluster of Apache Spark (Zaharia et al. 2016, "Apache Spark: a unified engine
 * for big data processing"). A session brings this project's libraries to the executors, and each executor process
 * starts one engine. Nothing here is needed to train or to use a model on one machine.
 */
@NullMarked
package io.vae4j.spark;

import org.jspecify.annotations.NullMarked;
