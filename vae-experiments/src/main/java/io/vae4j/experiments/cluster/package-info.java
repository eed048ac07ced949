/**
 * What commands ask of a cluster where {@code --master} names one. The module vae-spark answers, if it is on the class
 * path: nothing here knows of Spark.
 */
@NullMarked
package io.vae4j.experiments.cluster;

import org.jspecify.annotations.NullMarked;
