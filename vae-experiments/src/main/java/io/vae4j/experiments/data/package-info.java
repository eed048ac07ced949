/**
 * Data sets: images or vectors, of files that are downloaded once per machine and verified byte for byte, of a user's
 * own files, or of a plugin; handed on as they are stored, with where they came from.
 *
 * <p>What is stored is bytes or floats. A byte b stands for the level {@code x = b / 255} in [0, 1], a float for
 * itself; everything that models x starts from it.
 */
@NullMarked
package io.vae4j.experiments.data;

import org.jspecify.annotations.NullMarked;
