/**
 * Plugins: jars that bring parts, data sets and metrics of one's own.
 *
 * <p>A plugin adds kinds, {@code kinds = ours + theirs}; the same recipe with the same plugins gives the same numbers,
 * so that a run records each one's name, version and SHA-256.
 */
@NullMarked
package io.vae4j.experiments.plugin;

import org.jspecify.annotations.NullMarked;
