package io.vae4j.experiments.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.ImagesProvider.ImagesSource;
import io.vae4j.experiments.data.OneExample;
import io.vae4j.experiments.data.PictureColors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Readers of pictures: one as a mask, and folders of them. */
final class PictureReaders {

    private static final int PNG_SIGNATURE = 8;
    /** The beginning of a JPEG file and its first segment. */
    private static final int JFIF = 20;

    private static final int CHUNK_HEAD = 2 * Integer.BYTES;
    private static final List<String> WORDS = List.of(
            "\u0089PNG\r\n\u001A\n",
            "IHDR",
            "PLTE",
            "IDAT",
            "IEND",
            "tRNS",
            "iCCP",
            "gAMA",
            "tEXt",
            "zTXt",
            "iTXt",
            "acTL",
            "sBIT",
            "bKGD",
            "hIST",
            "pHYs",
            "sPLT",
            "tIME",
            "cHRM",
            "\u0000\u0000\u0000\r",
            "GIF89a",
            "GIF87a",
            "NETSCAPE2.0",
            "\u00FF\u00D8\u00FF\u00E0",
            "\u00FF\u00E1",
            "\u00FF\u00C0",
            "\u00FF\u00C2",
            "\u00FF\u00C4",
            "\u00FF\u00DB",
            "\u00FF\u00DA",
            "\u00FF\u00D9",
            "\u00FF\u00EE",
            "\u00FF\u00E2",
            "Exif\u0000\u0000",
            "MM\u0000*",
            "II*\u0000",
            "\u0001\u0012",
            "JFIF\u0000",
            "Adobe",
            "ICC_PROFILE\u0000",
            "BM",
            "\u007F\u00FF\u00FF\u00FF",
            "\u00FF\u00FF\u00FF\u00FF",
            "\u0080\u0000\u0000\u0000",
            "\u0000\u0000 \u0000");

    private PictureReaders() {}

    static List<FuzzedReader> all() throws IOException {
        byte[] png = picture("png", BufferedImage.TYPE_INT_RGB);
        byte[] gray = picture("png", BufferedImage.TYPE_BYTE_GRAY);
        byte[] palette = picture("png", BufferedImage.TYPE_BYTE_INDEXED);
        byte[] jpeg = picture("jpg", BufferedImage.TYPE_INT_RGB);
        List<byte[]> all = List.of(
                png,
                jpeg,
                turned(jpeg),
                picture("gif", BufferedImage.TYPE_BYTE_INDEXED),
                picture("bmp", BufferedImage.TYPE_INT_RGB));
        return List.of(
                new FuzzedReader("picture", all, WORDS, PictureReaders::mask),
                new FuzzedReader(
                        "png", List.of(png, gray, palette), WORDS, (file, folder) -> mask(withChecksums(file), folder)),
                new FuzzedReader("pictures", all, WORDS, PictureReaders::folder));
    }

    private static void mask(byte[] file, Path folder) throws IOException {
        Path picture = Files.write(folder.resolve("mask.png"), file);
        if (new OneExample(picture, new Shape(3, 8, 8)).examples().isEmpty()) {
            throw new InvalidInput("it is not one", "fuzzed", "give one");
        }
    }

    /** Beside another picture, brought to one size. */
    private static void folder(byte[] file, Path folder) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Files.write(pictures.resolve("a.png"), picture("png", BufferedImage.TYPE_INT_RGB));
        Files.write(pictures.resolve("b.jpg"), file);
        new ImagesSource(pictures, List.of(4, 6), PictureColors.AS_FOUND, 0.5)
                .load(new DataAccess(folder.resolve("cache"), Optional.empty(), line -> {}))
                .summary();
    }

    private static byte[] picture(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, type);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, 0x040810 * i);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("there is no writer of " + format);
        }
        return bytes.toByteArray();
    }

    /** As a camera says that it was held upright: a segment of one entry, the orientation, behind the first one. */
    private static byte[] turned(byte[] jpeg) {
        byte[] held = ("\u00FF\u00E1\u0000\"Exif\u0000\u0000MM\u0000*\u0000\u0000\u0000\u0008\u0000\u0001"
                        + "\u0001\u0012\u0000\u0003\u0000\u0000\u0000\u0001\u0000\u0006\u0000\u0000\u0000\u0000\u0000\u0000")
                .getBytes(ISO_8859_1);
        return ByteBuffer.allocate(jpeg.length + held.length)
                .put(jpeg, 0, JFIF)
                .put(held)
                .put(jpeg, JFIF, jpeg.length - JFIF)
                .array();
    }

    /** Each part of a PNG ends with a checksum, without which a changed one seldom gets far. */
    private static byte[] withChecksums(byte[] file) {
        ByteBuffer png = ByteBuffer.wrap(file.clone());
        int at = PNG_SIGNATURE;
        while (at + CHUNK_HEAD + Integer.BYTES <= file.length) {
            int length = png.getInt(at);
            int end = at + CHUNK_HEAD + length;
            if (length < 0 || length > file.length || end + Integer.BYTES > file.length) {
                break;
            }
            CRC32 sum = new CRC32();
            sum.update(file, at + Integer.BYTES, length + Integer.BYTES);
            png.putInt(end, (int) sum.getValue());
            at = end + Integer.BYTES;
        }
        return png.array();
    }
}
