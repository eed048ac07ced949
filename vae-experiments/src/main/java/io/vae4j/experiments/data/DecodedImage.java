package io.vae4j.experiments.data;

import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** One decoded picture of an untrusted file: its size is looked at before its pixels are. */
record DecodedImage(Path file, BufferedImage image) {

    private static final String REPLACE = "replace it by a PNG or JPEG file, or take it out";
    private static final int ALPHA_SHIFT = 3 * Byte.SIZE;
    private static final int OPAQUE = 255;

    /** More pixels than a model of this project learns from; a forged header may claim any number. */
    private static final long MOST_PIXELS = 1 << 24;

    /**
     * @throws WrongFile if the file is no picture, too large a one, or transparent; the message goes on after its name
     */
    static DecodedImage read(Path file) throws IOException {
        return opened(file, reader -> opaque(new DecodedImage(file, reader.read(0))));
    }

    /** Whether a picture has color, by its header alone. */
    static boolean hasColor(Path file) throws IOException {
        return opened(
                file,
                reader -> reader.getRawImageType(0) == null
                        || reader.getRawImageType(0).getNumBands() > 2
                        || reader.getRawImageType(0).getColorModel().getNumColorComponents() > 1);
    }

    /** The picture, if no shape hides in its alpha channel: models see colors only. */
    private static DecodedImage opaque(DecodedImage picture) throws WrongFile {
        BufferedImage image = picture.image;
        if (image.getColorModel().getTransparency() == Transparency.OPAQUE) {
            return picture;
        }
        int[] colors = image.getRGB(0, 0, picture.width(), picture.height(), null, 0, picture.width());
        if (Arrays.stream(colors).anyMatch(color -> color >>> ALPHA_SHIFT != OPAQUE)) {
            throw new WrongFile(
                    "has pixels that are not opaque, and models see no alpha channel",
                    "flatten the pictures onto a background, as by Pillow's"
                            + " Image.alpha_composite(background, picture).convert(\"RGB\")");
        }
        return picture;
    }

    int height() {
        return image.getHeight();
    }

    int width() {
        return image.getWidth();
    }

    /** For messages: width x height. */
    String size() {
        return width() + " x " + height();
    }

    /**
     * The pixels, one channel after another, [C, H, W].
     *
     * @param count 1 for gray, 3 for red, green and blue
     */
    byte[] channels(int count) {
        int pixels = height() * width();
        ByteBuffer channels = ByteBuffer.allocate(count * pixels);
        if (isGray()) {
            // the raster itself: getRGB would bend gray levels by the curve of a color space
            int[] levels = image.getRaster().getSamples(0, 0, width(), height(), 0, (int[]) null);
            int bits = image.getSampleModel().getSampleSize(0);
            for (int i = 0; i < count * pixels; i++) {
                channels.put((byte) Math.round(levels[i % pixels] * 255f / ((1 << bits) - 1)));
            }
            return channels.array();
        }
        int[] colors = image.getRGB(0, 0, width(), height(), null, 0, width());
        for (int i = 0; i < count * pixels; i++) {
            int shift = Byte.SIZE * (2 - i / pixels);
            channels.put((byte) (colors[i % pixels] >> shift));
        }
        return channels.array();
    }

    private boolean isGray() {
        return image.getColorModel().getNumColorComponents() == 1;
    }

    private interface Look<T> {
        T at(ImageReader reader) throws IOException;
    }

    private static <T> T opened(Path file, Look<T> look) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new WrongFile("is no picture", REPLACE);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new WrongFile(
                            "has " + pixels + " pixels; up to " + MOST_PIXELS + " are read",
                            "make the pictures smaller");
                }
                return look.at(reader);
            } finally {
                reader.dispose();
            }
        } catch (WrongFile e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // decoders trip over forged files in ways of their own
            throw new WrongFile("cannot be decoded: " + e.getMessage(), REPLACE);
        }
    }
}
