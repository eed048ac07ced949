package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Pictures in memory, such as those of a column of a table, in the form of the examples that a model was trained on: as
 * those of a folder they are cropped around their center, resized, and made gray or color.
 *
 * @param event the shape of an example, [C, H, W] with one or three channels
 */
public record FramedPictures(Shape event) {

    private static final String REMEDY = "replace it by a PNG, JPEG, BMP or GIF file, or take its row out";

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] GIF = "GIF8".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BMP = "BM".getBytes(StandardCharsets.US_ASCII);

    /** Whether bytes begin as a PNG, JPEG, BMP or GIF file does. */
    public static boolean isPicture(byte... bytes) {
        // two letters are too few to tell, but a BMP file says its length next
        boolean bmp = begins(bytes, BMP)
                && bytes.length >= BMP.length + Integer.BYTES
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(BMP.length) == bytes.length;
        return begins(bytes, PNG) || begins(bytes, JPEG) || begins(bytes, GIF) || bmp;
    }

    private static boolean begins(byte[] bytes, byte... with) {
        return bytes.length >= with.length
                && ByteBuffer.wrap(bytes, 0, with.length).equals(ByteBuffer.wrap(with));
    }

    /**
     * The pixels of one.
     *
     * @param file the content of a PNG, JPEG, BMP or GIF file
     * @return a byte each, row-major in the shape of an example
     * @throws InvalidInput if it is no picture, too large a one, an animation, or transparent
     */
    public byte[] pixels(byte... file) {
        Framing framing = Framing.of(event);
        try {
            return EncodedPicture.of(file)
                    .decoded(framing.size())
                    .framed(framing.size().orElseThrow())
                    .channels(Math.toIntExact(event.get(0)));
        } catch (WrongFile e) {
            throw new InvalidInput(
                    "the picture " + Reason.of(e), "picture", e.remedy().orElse(REMEDY));
        } catch (IOException e) {
            throw new InvalidInput("the picture cannot be decoded: " + Reason.of(e), "picture", REMEDY);
        }
    }
}
