package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * All pictures of a folder, decoded into one file.
 *
 * @param rows the file: [N, C, H, W] bytes in the order of the listing
 * @param event [C, H, W]
 * @param sha256 of each picture's name and bytes, in this order
 */
record DecodedPictures(Path rows, Shape event, String sha256) {

    /** The checksum of a file of rows. */
    static String sha256(Path rows, Shape event, PictureListing listing) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] row = new byte[Math.toIntExact(event.size())];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(rows), 1 << 20)) {
            for (Path picture : listing.pictures()) {
                if (in.readNBytes(row, 0, row.length) < row.length) {
                    throw new WrongFile("the decoded pictures are cut off");
                }
                update(digest, listing, picture, row);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Adds one picture to the checksum. */
    static void update(MessageDigest digest, PictureListing listing, Path picture, byte[] row) {
        digest.update(listing.name(picture).getBytes(StandardCharsets.UTF_8));
        digest.update(row);
    }

    /** The examples of a split, without their classes. */
    Values values(int from, int count) throws IOException {
        return Values.ofMappedBytes(rows, from * event.size(), count, event);
    }
}
