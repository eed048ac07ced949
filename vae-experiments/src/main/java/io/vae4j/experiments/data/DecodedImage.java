package io.vae4j.experiments.data;

import io.vae4j.experiments.data.Framing.Size;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;

/**
 * The pixels of a picture, upright and opaque.
 *
 * @param gray whether it has no color
 * @param colors row by row, red, green and blue in the lower three bytes
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record DecodedImage(Size size, boolean gray, int[] colors) {

    private static final int RED = 2 * Byte.SIZE;
    private static final int GREEN = Byte.SIZE;
    private static final int BYTE = 0xFF;

    /** Cropped around its center to the proportions of a size, and resized to it. */
    DecodedImage framed(Size wanted) throws IOException {
        if (size.equals(wanted)) {
            return this;
        }
        BufferedImage resized = Thumbnails.of(image())
                .crop(Positions.CENTER)
                .size(wanted.width(), wanted.height())
                .imageType(BufferedImage.TYPE_INT_RGB)
                .asBufferedImage();
        return new DecodedImage(wanted, gray, colors(resized));
    }

    private BufferedImage image() {
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, size.width(), size.height(), colors, 0, size.width());
        return image;
    }

    static int[] colors(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /**
     * The pixels, one channel after another, [C, H, W].
     *
     * @param channels 1 for gray, 3 for red, green and blue
     */
    byte[] channels(int channels) {
        ByteBuffer bytes = ByteBuffer.allocate(channels * colors.length);
        for (int channel = 0; channel < channels; channel++) {
            for (int color : colors) {
                bytes.put((byte) (channels == 1 ? luma(color) : color >> (RED - channel * Byte.SIZE)));
            }
        }
        return bytes.array();
    }

    private int luma(int color) {
        int blue = color & BYTE;
        return gray
                ? blue
                : Math.round(0.299f * (color >> RED & BYTE) + 0.587f * (color >> GREEN & BYTE) + 0.114f * blue);
    }
}
