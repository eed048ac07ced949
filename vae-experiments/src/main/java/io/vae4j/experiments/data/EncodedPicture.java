package io.vae4j.experiments.data;

import io.vae4j.experiments.data.Framing.Size;
import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * A picture as a PNG, JPEG, BMP or GIF file has it. Nobody vouches for it: its size is looked at before its pixels are.
 *
 * @param opening gives its bytes from the first one on, each time
 */
record EncodedPicture(Opening opening) {

    private static final String REPLACE = "replace it by a PNG, JPEG, BMP or GIF file, or take it out";
    private static final int ALPHA_SHIFT = 3 * Byte.SIZE;
    private static final int OPAQUE = 255;
    private static final int RGB = 3;
    /** Bytes of the colors and of the gray levels that are made of each pixel. */
    private static final int COPIES = 2 * Integer.BYTES;
    /** More than cameras take; a forged header may claim any number. */
    private static final long MOST_PIXELS = 1 << 26;
    /** As many pixels across each one that is made are enough for a mean of them to be smooth. */
    private static final int PIXELS_PER_PIXEL = 4;

    /** Begins to read the bytes. */
    interface Opening {
        ImageInputStream open() throws IOException;
    }

    /** One in a file. */
    static EncodedPicture in(Path file) {
        return new EncodedPicture(() -> ImageIO.createImageInputStream(file.toFile()));
    }

    /** One in memory, whose bytes must not change. */
    static EncodedPicture of(byte... file) {
        return new EncodedPicture(() -> new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
    }

    /**
     * Decodes it.
     *
     * @param wanted the size that it will be framed to: of a much larger picture only some pixels are read
     * @throws WrongFile if the file is no picture, too large a one, an animation, or transparent; the message goes on
     *     after its name
     */
    DecodedImage decoded(Optional<Size> wanted) throws IOException {
        return opened(reader -> {
            if (reader.getNumImages(true) > 1) {
                throw new WrongFile(
                        "holds " + reader.getNumImages(true) + " pictures",
                        "save the one that is meant as a file of its own");
            }
            ImageReadParam some = reader.getDefaultReadParam();
            int stride = wanted.map(size -> stride(reader, size)).orElse(1);
            some.setSourceSubsampling(stride, stride, 0, 0);
            requireRoom(reader, stride);
            return decoded(upright(reader.read(0, some), reader));
        });
    }

    /**
     * Decodes it, if it has a size. The header says so, before memory is taken for a picture that will not do.
     *
     * @throws WrongFile if it has another size, or as {@link #decoded}
     */
    DecodedImage decodedOf(Size expected) throws IOException {
        Size stored = opened(reader -> new Size(reader.getHeight(0), reader.getWidth(0)));
        // one that was taken upright may lie
        Size turned = new Size(/* height= */ stored.width(), /* width= */ stored.height());
        requireSize(turned.equals(expected) ? expected : stored, expected);
        DecodedImage image = decoded(Optional.empty());
        requireSize(image.size(), expected);
        return image;
    }

    private static void requireSize(Size found, Size expected) throws WrongFile {
        if (!found.equals(expected)) {
            throw new WrongFile("the picture is " + found + " and an example " + expected, OneExample.REMEDY);
        }
    }

    private static int stride(ImageReader reader, Size wanted) {
        try {
            int shorter = Math.min(reader.getHeight(0), reader.getWidth(0));
            int longer = Math.max(wanted.height(), wanted.width());
            return Math.max(1, shorter / (PIXELS_PER_PIXEL * longer));
        } catch (IOException e) {
            return 1; // reading will tell
        }
    }

    /** A few bytes of a forged file may stand for a raster that fills the memory. */
    private static void requireRoom(ImageReader reader, int stride) throws IOException {
        long rows = reader.getHeight(0) / stride + 1L;
        long columns = reader.getWidth(0) / stride + 1L;
        HeapRoom.ofProcess().take(rows * columns * (bytesPerPixel(reader) + COPIES));
    }

    private static long bytesPerPixel(ImageReader reader) throws IOException {
        ImageTypeSpecifier type = reader.getRawImageType(0);
        // only JPEG files with brightness and two color differences have no type of Java's
        return type == null ? RGB : type.getNumBands() * type.getBitsPerBand(0) / Byte.SIZE + 1L;
    }

    /** Cameras write down, in JPEG files, how they were held. */
    private static BufferedImage upright(BufferedImage image, ImageReader reader) throws IOException {
        Orientation held =
                reader.getFormatName().equalsIgnoreCase("JPEG") ? ExifUtils.getExifOrientation(reader, 0) : null;
        return held == null
                ? image
                : ExifFilterUtils.getFilterForOrientation(held).apply(image);
    }

    /** Whether it has color, by its header alone. */
    boolean hasColor() throws IOException {
        return opened(reader -> reader.getRawImageType(0) == null
                || reader.getRawImageType(0).getNumBands() > 2
                || hasColor(reader.getRawImageType(0).getColorModel()));
    }

    private static boolean hasColor(ColorModel model) {
        return model.getNumColorComponents() > 1;
    }

    private static DecodedImage decoded(BufferedImage image) throws WrongFile {
        if (image.getColorModel().getNumColorComponents() > RGB) {
            throw inks(); // Java's own conversion gives other colors than every viewer
        }
        Size size = new Size(image.getHeight(), image.getWidth());
        int[] colors = DecodedImage.colors(image);
        requireOpaque(image, colors);
        return hasColor(image.getColorModel())
                ? new DecodedImage(size, false, colors)
                : new DecodedImage(size, true, grays(image));
    }

    /** A shape may hide in the alpha channel, and models see colors only. */
    private static void requireOpaque(BufferedImage image, int... colors) throws WrongFile {
        if (image.getColorModel().getTransparency() != Transparency.OPAQUE
                && Arrays.stream(colors).anyMatch(color -> color >>> ALPHA_SHIFT != OPAQUE)) {
            throw new WrongFile(
                    "has pixels that are not opaque, and models see no alpha channel",
                    "flatten the pictures onto a background, as by Pillow's"
                            + " Image.alpha_composite(background, picture).convert(\"RGB\")");
        }
    }

    /** From the raster itself: a color space would bend gray levels by its curve. */
    private static int[] grays(BufferedImage image) {
        int[] levels = image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
        int white = (1 << image.getSampleModel().getSampleSize(0)) - 1;
        for (int i = 0; i < levels.length; i++) {
            levels[i] = 0x010101 * Math.round(levels[i] * 255f / white);
        }
        return levels;
    }

    private interface Look<T> {
        T at(ImageReader reader) throws IOException;
    }

    private <T> T opened(Look<T> look) throws IOException {
        try (ImageInputStream in = opening.open()) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new WrongFile("is no picture", REPLACE);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, false, hasPackedTexts(reader));
                requirePossible(reader);
                return look.at(reader);
            } finally {
                reader.dispose();
            }
        } catch (WrongFile e) {
            throw e;
        } catch (IIOException e) {
            throw String.valueOf(e.getMessage()).startsWith("Unsupported Image Type") ? inks() : undecodable(e);
        } catch (IOException | RuntimeException e) {
            // decoders trip over forged files in ways of their own
            throw undecodable(e);
        }
    }

    /** Java would unpack all of them, and a small file may hold one that fills the memory. */
    private static boolean hasPackedTexts(ImageReader reader) throws IOException {
        return reader.getFormatName().equalsIgnoreCase("PNG");
    }

    private static void requirePossible(ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new WrongFile(
                    "has " + pixels + " pixels; up to " + MOST_PIXELS + " are read", "make the pictures smaller");
        }
    }

    private static WrongFile inks() {
        return new WrongFile(
                "has colors for print, such as CMYK, that are not read",
                "convert the pictures, as by Pillow's Image.convert(\"RGB\")");
    }

    private static WrongFile undecodable(Exception e) {
        return new WrongFile("cannot be decoded: " + e.getMessage(), REPLACE);
    }
}
