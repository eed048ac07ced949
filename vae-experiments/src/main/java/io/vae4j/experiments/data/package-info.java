/**
 * Image data: found once per machine, verified byte for byte, and handed on as bytes with where they came from.
 *
 * <p>A gray byte p stands for the intensity {@code x = p / 255} in [0, 1]; everything that models x starts from it.
 */
@NullMarked
package io.vae4j.experiments.data;

import org.jspecify.annotations.NullMarked;
