/**
 * Pictures of numbers and of images, for pages and as files: {@code Drawing = panels}, where a panel is a chart or a
 * grid of images. Everything is drawn by Java's own {@code Graphics2D}, so that one description gives a PNG, an SVG of
 * its own and an element of a page that follows its colors.
 */
@NullMarked
package io.vae4j.experiments.drawing;

import org.jspecify.annotations.NullMarked;
