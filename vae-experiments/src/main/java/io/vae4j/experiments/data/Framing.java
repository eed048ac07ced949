package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * How pictures of any size and color become examples of one shape.
 *
 * @param size the height and width that each is cropped to, around its center, and resized to; empty for pictures that
 *     have one size already
 * @param colors which channels they become
 */
record Framing(Optional<Size> size, PictureColors colors) {

    /** Height and width. */
    record Size(int height, int width) {

        /** For messages: width x height. */
        @Override
        public String toString() {
            return width + " x " + height;
        }
    }

    /** The one that gives examples of a shape, [C, H, W]. */
    static Framing of(Shape event) {
        return new Framing(
                Optional.of(new Size(Math.toIntExact(event.get(1)), Math.toIntExact(event.get(2)))),
                PictureColors.of(event.get(0)));
    }
}
