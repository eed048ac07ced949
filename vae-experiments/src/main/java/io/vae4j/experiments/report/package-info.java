/**
 * What a run leaves behind for people: picture grids, TensorBoard event files, and one self-contained page made from
 * the run folder alone.
 *
 * <p>Losses are nats per image; beside them stand {@code bits per dimension = loss / (D ln 2)} for images of D
 * dimensions.
 */
@NullMarked
package io.vae4j.experiments.report;

import org.jspecify.annotations.NullMarked;
