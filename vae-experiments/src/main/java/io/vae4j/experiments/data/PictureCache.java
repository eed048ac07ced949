package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the pictures of a folder decoded, for all processes of this machine: they are decoded once, and again when a
 * file has changed. What is kept of folders that are gone goes with the next folder that comes.
 */
final class PictureCache {

    private static final String ROWS = "pictures.u8";
    private static final String INDEX = "index.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataAccess access;
    private final PictureListing listing;
    private final Framing framing;
    private final String name;

    /**
     * What is kept beside the bytes.
     *
     * @param folder of the pictures
     * @param fingerprint of the files when they were decoded
     * @param event [C, H, W]
     * @param sha256 of names and bytes
     */
    private record Index(String folder, String fingerprint, List<Long> event, String sha256) {}

    PictureCache(DataAccess access, PictureListing listing, Framing framing) {
        this.access = access;
        this.listing = listing;
        this.framing = framing;
        String what = folder() + "\n" + framing;
        name = Sha256.of(what.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /** The pictures, decoded now or before. */
    DecodedPictures load() throws IOException {
        Optional<DecodedPictures> known = kept();
        if (known.isPresent()) {
            return known.get();
        }
        try {
            Files.createDirectories(root());
            try (ProcessLock lock = ProcessLock.ofCache(root(), name + ".lock", access.progress())) {
                // whoever had the lock before may have done the work
                known = kept();
                return known.isPresent() ? known.get() : decode(lock);
            }
        } catch (WrongFile e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidInput(
                    "the decoded pictures cannot be kept: " + Reason.of(e),
                    root().toString(),
                    "set VAE4J_CACHE to a folder that can be written and has room");
        }
    }

    private String folder() {
        return listing.root().toAbsolutePath().normalize().toString();
    }

    private Path root() {
        return access.cache().resolve("pictures");
    }

    /** Nothing is believed that is not whole: every byte goes into the checksum. */
    private Optional<DecodedPictures> kept() {
        Path folder = root().resolve(name);
        if (!Files.isRegularFile(folder.resolve(INDEX))) {
            return Optional.empty();
        }
        try {
            Index index = JSON.readValue(folder.resolve(INDEX).toFile(), Index.class);
            if (!index.fingerprint().equals(listing.fingerprint())) {
                return Optional.empty();
            }
            Shape event = new Shape(index.event());
            Path rows = folder.resolve(ROWS);
            // before a row is allocated: the index may be damaged as well
            boolean whole = Files.size(rows)
                    == Math.multiplyExact(event.size(), listing.pictures().size());
            if (whole && DecodedPictures.sha256(rows, event, listing).equals(index.sha256())) {
                return Optional.of(new DecodedPictures(rows, event, index.sha256()));
            }
            access.progress().accept("the decoded pictures are damaged, decoding them anew");
        } catch (IOException | RuntimeException e) {
            access.progress().accept("the decoded pictures are damaged, decoding them anew: " + Reason.of(e));
        }
        return Optional.empty();
    }

    private DecodedPictures decode(ProcessLock lock) throws IOException {
        forgetGone();
        Path draft = root().resolve("." + name
                + (lock.isExclusive() ? "" : "-" + ProcessHandle.current().pid()));
        AtomicFiles.emptyFolder(draft);
        try {
            String before = listing.fingerprint();
            DecodedPictures decoded = new PictureDecoder(listing, framing, access.progress()).into(draft.resolve(ROWS));
            if (!listing.fingerprint().equals(before)) {
                throw new WrongFile("pictures changed while they were read", "wait until nobody writes to them");
            }
            Index index = new Index(
                    folder(),
                    before,
                    Arrays.stream(decoded.event().getShape()).boxed().toList(),
                    decoded.sha256());
            AtomicFiles.writeThrough(draft.resolve(INDEX), JSON.writeValueAsBytes(index));
            AtomicFiles.replaceFolder(draft, root().resolve(name));
            return new DecodedPictures(root().resolve(name).resolve(ROWS), decoded.event(), decoded.sha256());
        } finally {
            AtomicFiles.delete(draft);
        }
    }

    /** Frees what was decoded of folders that are no longer there. */
    private void forgetGone() throws IOException {
        List<Path> others;
        try (Stream<Path> inside = Files.list(root())) {
            others = inside.filter(folder -> Files.isRegularFile(folder.resolve(INDEX)))
                    .toList();
        }
        for (Path other : others) {
            try {
                Index index = JSON.readValue(other.resolve(INDEX).toFile(), Index.class);
                if (!Files.exists(Path.of(index.folder()))) {
                    AtomicFiles.delete(other);
                }
            } catch (IOException | RuntimeException e) {
                access.progress().accept("what was decoded into " + other + " cannot be read: " + Reason.of(e));
            }
        }
    }
}
