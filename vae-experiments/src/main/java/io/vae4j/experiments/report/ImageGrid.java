package io.vae4j.experiments.report;

import io.vae4j.experiments.AtomicFiles;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Gray images side by side in one picture, row by row, with a thin line around and between them.
 *
 * <p>Equal input gives equal bytes on the same Java, so that runs can be compared by their pictures' checksums.
 */
public final class ImageGrid {

    /** Width of the lines around and between the images, in pixels. */
    public static final int GAP = 1;

    private static final int GAP_GRAY = 0x50;
    private static final long MOST_PIXELS = 64L << 20;

    private final BufferedImage picture;

    private ImageGrid(BufferedImage picture) {
        this.picture = picture;
    }

    /**
     * Lays out n images.
     *
     * @param pixels [n, height, width] in row-major order, 0 black to 1 white; values outside are clamped and NaN is
     *     black, since the pictures of a diverged run are wanted too
     * @param height of one image, in pixels
     * @param width of one image, in pixels
     * @param columns images in a row; the last row may be shorter
     * @throws IllegalArgumentException if there is no image, if {@code pixels} is not a whole number of images, or if
     *     the picture would have more than 64 million pixels
     */
    public static ImageGrid of(float[] pixels, int height, int width, int columns) {
        if (height < 1 || width < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "height, width and columns are at least 1, not " + height + ", " + width + " and " + columns);
        }
        long size = (long) height * width;
        if (pixels.length == 0 || pixels.length % size != 0) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels are not one or more images of " + height + " x " + width);
        }
        int images = Math.toIntExact(pixels.length / size);
        int across = Math.min(columns, images);
        int down = (images + across - 1) / across;
        BufferedImage picture = canvas(extent(across, width), extent(down, height));
        for (int image = 0; image < images; image++) {
            int left = GAP + image % across * (width + GAP);
            int top = GAP + image / across * (height + GAP);
            int[] gray = gray(pixels, Math.toIntExact(image * size), Math.toIntExact(size));
            picture.getRaster().setSamples(left, top, width, height, 0, gray);
        }
        return new ImageGrid(picture);
    }

    /** Width of the whole picture, in pixels. */
    public int width() {
        return picture.getWidth();
    }

    /** Height of the whole picture, in pixels. */
    public int height() {
        return picture.getHeight();
    }

    /** The picture as an 8-bit gray PNG. */
    public byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // An explicit stream: ImageIO's own default spools through a file in the temporary folder.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IllegalStateException("this Java has no PNG writer");
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
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

    private static BufferedImage canvas(long width, long height) {
        if (width > MOST_PIXELS || height > MOST_PIXELS || width * height > MOST_PIXELS) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels is too large");
        }
        BufferedImage canvas = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_BYTE_GRAY);
        WritableRaster raster = canvas.getRaster();
        int[] row = new int[(int) width];
        Arrays.fill(row, GAP_GRAY);
        for (int y = 0; y < height; y++) {
            raster.setSamples(0, y, (int) width, 1, 0, row);
        }
        return canvas;
    }

    private static int[] gray(float[] pixels, int from, int count) {
        int[] gray = new int[count];
        for (int i = 0; i < count; i++) {
            // Rounding NaN gives 0, so no case of its own is needed.
            gray[i] = Math.round(Math.max(0f, Math.min(1f, pixels[from + i])) * 255f);
        }
        return gray;
    }
}
