package io.vae4j.experiments.data;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A place beside the final one, on the same file system, where files wait until all of them are there and verified.
 *
 * <p>What a crash leaves behind is a folder of this kind, never a file under a final name; {@link #sweep} removes it.
 */
final class Staging implements AutoCloseable {

    private final Path root;

    private Staging(Path root) {
        this.root = root;
    }

    static Staging open(Path cache, String name) throws IOException {
        return new Staging(Files.createTempDirectory(cache, prefix(name)));
    }

    /** Removes what processes left that did not end well; the caller holds the lock, so nobody is at work there. */
    static void sweep(Path cache, String name) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(cache, prefix(name) + "*")) {
            left.forEach(Utils::deleteQuietly);
        }
    }

    /** A new empty folder. */
    Path folder() throws IOException {
        return Files.createTempDirectory(root, "try-");
    }

    /** Puts exactly the files of the set into the target folder, in one step; an older target is removed. */
    void publish(Path from, IdxSet set, Path target) throws IOException {
        // Not a temporary folder, since those are closed to other users, and a cache may be shared.
        Path ready = Files.createDirectory(root.resolve("ready"));
        for (IdxFile file : set.files()) {
            Files.move(from.resolve(file.name()), ready.resolve(file.name()));
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(target, root.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(ready, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        Utils.deleteQuietly(root);
    }

    private static String prefix(String name) {
        return "." + name + "-";
    }
}
