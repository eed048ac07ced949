package io.vae4j.experiments.drawing;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Images side by side in one picture, row by row, with a thin line around and between them.
 *
 * <p>Equal input gives equal bytes on the same Java, so that runs can be compared by their pictures' checksums.
 */
public final class ImageGrid {

    /** Width of the lines around and between the images, in pixels. */
    public static final int GAP = 1;

    private static final int GRAY = 1;
    private static final int COLOR = 3;
    private static final int GAP_GRAY = 0x50;
    private static final long MOST_PIXELS = 64L << 20;

    private final BufferedImage picture;
    private final int columns;
    private final int rows;

    private ImageGrid(BufferedImage picture, int columns, int rows) {
        this.picture = picture;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Lays out n images.
     *
     * @param pixels [n, C, H, W] in row-major order, 0 dark to 1 bright; values outside are clamped and NaN is dark,
     *     since the pictures of a diverged run are wanted too
     * @param event the shape of one image, [C, H, W], with one channel for gray or three for color
     * @param columns images in a row; the last row may be shorter
     * @throws IllegalArgumentException if there is no image, if {@code pixels} is not a whole number of images, or if
     *     the picture would have more than 64 million pixels
     */
    public static ImageGrid of(float[] pixels, Shape event, int columns) {
        if (event.dimension() != 3 || (event.get(0) != GRAY && event.get(0) != COLOR) || columns < 1) {
            throw new IllegalArgumentException(
                    "images have shape " + event + " in " + columns + " columns; expected [1, H, W] or [3, H, W]");
        }
        if (event.size() < 1 || pixels.length == 0 || pixels.length % event.size() != 0) {
            throw new IllegalArgumentException(pixels.length + " numbers are not one or more images of " + event);
        }
        int channels = (int) event.get(0);
        int height = Math.toIntExact(event.get(1));
        int width = Math.toIntExact(event.get(2));
        int images = Math.toIntExact(pixels.length / event.size());
        int across = Math.min(columns, images);
        int down = (images + across - 1) / across;
        BufferedImage picture = canvas(extent(across, width), extent(down, height), channels);
        for (int plane = 0; plane < images * channels; plane++) {
            int image = plane / channels;
            int left = GAP + image % across * (width + GAP);
            int top = GAP + image / across * (height + GAP);
            int[] levels = levels(pixels, plane * height * width, height * width);
            picture.getRaster().setSamples(left, top, width, height, plane % channels, levels);
        }
        return new ImageGrid(picture, across, down);
    }

    /** One for gray, three for color. */
    public int channels() {
        return picture.getRaster().getNumBands();
    }

    /** Images in a row. */
    public int columns() {
        return columns;
    }

    /** Rows of images. */
    public int rows() {
        return rows;
    }

    /** Width of the whole picture, in pixels. */
    public int width() {
        return picture.getWidth();
    }

    /** Height of the whole picture, in pixels. */
    public int height() {
        return picture.getHeight();
    }

    /** The picture as a PNG of 8 bits a channel. */
    public byte[] png() {
        return Png.of(picture);
    }

    /** The picture itself, which nobody changes. */
    BufferedImage picture() {
        return picture;
    }

    /**
     * Writes the PNG, atomically: a reader sees the old file or the whole new one.
     *
     * @throws IOException if the disk refuses
     */
    public void write(Path file) throws IOException {
        AtomicFiles.replace(file, png());
    }

    private static long extent(int tiles, int size) {
        return GAP + (long) tiles * (size + (long) GAP);
    }

    private static BufferedImage canvas(long width, long height, int channels) {
        if (width > MOST_PIXELS || height > MOST_PIXELS || width * height > MOST_PIXELS) {
            throw new InvalidInput(
                    "a picture of " + width + " x " + height + " pixels is too large",
                    "drawing",
                    "ask for fewer images");
        }
        int type = channels == GRAY ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage canvas = new BufferedImage((int) width, (int) height, type);
        WritableRaster raster = canvas.getRaster();
        int[] row = new int[(int) width];
        Arrays.fill(row, GAP_GRAY);
        for (int y = 0; y < height * channels; y++) {
            raster.setSamples(0, y / channels, (int) width, 1, y % channels, row);
        }
        return canvas;
    }

    private static int[] levels(float[] pixels, int from, int count) {
        int[] levels = new int[count];
        for (int i = 0; i < count; i++) {
            // Rounding NaN gives 0, so no case of its own is needed.
            levels[i] = Math.round(Math.max(0f, Math.min(1f, pixels[from + i])) * 255f);
        }
        return levels;
    }
}
