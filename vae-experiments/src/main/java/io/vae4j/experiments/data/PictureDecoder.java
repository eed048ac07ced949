package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.Framing.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Decodes the pictures of a folder on all cores, into a file.
 *
 * @param listing which pictures
 * @param framing what they become
 * @param progress is told how far it is, now and then
 */
record PictureDecoder(PictureListing listing, Framing framing, Consumer<String> progress) {

    private static final int MOST_AT_ONCE = 256;
    private static final long BYTES_AT_ONCE = 64 << 20;
    private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;

    /** What all pictures become. */
    private record Form(Size size, int channels) {

        Shape event() {
            return new Shape(channels, size.height(), size.width());
        }
    }

    /** Decodes all of them into a new file, which is on the disk when this returns. */
    DecodedPictures into(Path rows) throws IOException {
        Form form = form();
        List<Path> pictures = listing.pictures();
        MessageDigest digest = Sha256.digest();
        int atOnce = Math.toIntExact(
                Math.max(1, Math.min(MOST_AT_ONCE, BYTES_AT_ONCE / form.event().size())));
        long told = System.nanoTime();
        try (FileChannel file = FileChannel.open(rows, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int from = 0; from < pictures.size(); from += atOnce) {
                List<Path> block = pictures.subList(from, Math.min(from + atOnce, pictures.size()));
                append(block, decoded(block, form), file, digest);
                if (System.nanoTime() - told > NANOS_BETWEEN_LINES) {
                    told = System.nanoTime();
                    progress.accept("decoded " + (from + block.size()) + " of " + pictures.size() + " pictures");
                }
            }
            file.force(true);
        }
        return new DecodedPictures(rows, form.event(), HexFormat.of().formatHex(digest.digest()));
    }

    private void append(List<Path> block, List<byte[]> decoded, FileChannel file, MessageDigest digest)
            throws IOException {
        for (int i = 0; i < block.size(); i++) {
            DecodedPictures.update(digest, listing, block.get(i), decoded.get(i));
            ByteBuffer row = ByteBuffer.wrap(decoded.get(i));
            while (row.hasRemaining()) {
                file.write(row);
            }
        }
    }

    /** Of several that are at fault, the first is told. */
    private List<byte[]> decoded(List<Path> block, Form form) throws IOException {
        try {
            return IntStream.range(0, block.size())
                    .parallel()
                    .mapToObj(i -> decodedOrFault(block.get(i), form))
                    .toList() // all of them, so that what is thrown does not depend on who is first
                    .stream()
                    .map(Decoded::bytes)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private interface Decoded {
        byte[] bytes();
    }

    private Decoded decodedOrFault(Path picture, Form form) {
        try {
            byte[] bytes = decoded(picture, form);
            return () -> bytes;
        } catch (IOException e) {
            return () -> {
                throw new UncheckedIOException(e);
            };
        }
    }

    private byte[] decoded(Path picture, Form form) throws IOException {
        DecodedImage image = read(picture);
        if (!image.size().equals(form.size())) {
            throw new WrongFile(
                    listing.name(picture) + " is " + image.size() + " and the first picture " + form.size()
                            + ": all must have one size",
                    "have them cropped and resized, as by --set data.set.size=64");
        }
        return image.channels(form.channels());
    }

    private DecodedImage read(Path picture) throws IOException {
        try {
            DecodedImage image = EncodedPicture.in(picture).decoded(framing.size());
            return framing.size().isPresent() ? image.framed(framing.size().get()) : image;
        } catch (WrongFile e) {
            throw e.after(listing.name(picture));
        }
    }

    private Form form() throws IOException {
        int channels = framing.colors().channels().isPresent()
                ? framing.colors().channels().getAsInt()
                : channelsFound();
        Size size = framing.size().isPresent()
                ? framing.size().get()
                : read(listing.train().pictures().get(0)).size();
        return new Form(size, channels);
    }

    /** Three if any picture has color; its header tells. */
    private int channelsFound() throws IOException {
        for (Path picture : listing.pictures()) {
            try {
                if (EncodedPicture.in(picture).hasColor()) {
                    return 3;
                }
            } catch (WrongFile e) {
                throw e.after(listing.name(picture));
            }
        }
        return 1;
    }
}
