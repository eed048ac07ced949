package io.vae4j.experiments.report;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A PNG that is carried inside the page. */
record Picture(String base64, int width, int height) {

    /** Pictures narrower than this are enlarged by a whole factor, so that their pixels stay squares. */
    private static final int COMFORTABLE_WIDTH = 200;

    /** Pictures wider than this get a row of their own in a narrow window. */
    private static final int WIDE = 300;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int HEADER = 24;
    private static final int IHDR = 0x49484452;

    /** The picture, if the bytes begin as a PNG does; its size is taken from its header. */
    static Optional<Picture> of(byte[] png) {
        if (png.length < HEADER || !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(png);
        int width = header.getInt(16);
        int height = header.getInt(20);
        if (header.getInt(12) != IHDR || width < 1 || height < 1) {
            return Optional.empty();
        }
        return Optional.of(new Picture(Base64.getEncoder().encodeToString(png), width, height));
    }

    /** The class of its element in the style sheet. */
    String style() {
        return factor() > 1 ? "enlarged" : width > WIDE ? "wide" : "plain";
    }

    int shownWidth() {
        return width * factor();
    }

    int shownHeight() {
        return height * factor();
    }

    private int factor() {
        return Math.max(1, COMFORTABLE_WIDTH / width);
    }
}
