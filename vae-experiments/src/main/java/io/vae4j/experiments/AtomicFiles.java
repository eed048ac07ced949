package io.vae4j.experiments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files and folders that appear whole or not at all, also after a crash or on a full disk. */
public final class AtomicFiles {

    /** What {@link #replace} leaves where its process is killed: its name, between dots, is that of the file. */
    private static final Pattern LEFT =
            Pattern.compile("\\..+\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.tmp");

    private AtomicFiles() {}

    /** Writes a new file and waits until the disk has it. */
    public static void writeThrough(Path file, byte[] content) throws IOException {
        write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Adds to a file, be it there or not, and waits until the disk has it; what is cut short there is half a line. */
    public static void append(Path file, byte[] content) throws IOException {
        write(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void write(Path file, byte[] content, OpenOption... how) throws IOException {
        try (FileChannel channel = FileChannel.open(file, how)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /**
     * Replaces a file, creating its folder where there is none.
     *
     * @throws IOException if the disk refuses; the file is then as it was, or the new one
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path draft = draft(file);
        try {
            writeThrough(draft, content);
            move(draft, file);
        } catch (AccessDeniedException e) {
            // the draft's name says nothing to anybody
            throw new AccessDeniedException(file.toString());
        } catch (FileSystemException e) {
            throw new FileSystemException(file.toString(), null, e.getReason());
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Beside the file. Not Files.createTempFile: that one is private to its owner, and the moved file would stay so.
     */
    private static Path draft(Path file) throws IOException {
        return Files.createDirectories(folder(file))
                .resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /**
     * Replaces files that belong together: all are written under other names before the first one is moved, and from
     * then on until all are moved the one that stands for them is not there.
     *
     * @param contents of files
     * @param head without which the others are nothing, one of the files
     * @throws IOException if the disk refuses, or a folder is in the place of one; the files are then as they were
     */
    public static void replaceTogether(Map<Path, byte[]> contents, Path head) throws IOException {
        Map<Path, Path> drafts = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, byte[]> entry : contents.entrySet()) {
                requireNoFolder(entry.getKey());
                Path draft = draft(entry.getKey());
                drafts.put(entry.getKey(), draft);
                writeThrough(draft, entry.getValue());
            }
            Path last = Objects.requireNonNull(drafts.get(head), "the head is one of the files");
            Files.deleteIfExists(head);
            flush(folder(head));
            for (Map.Entry<Path, Path> entry : drafts.entrySet()) {
                if (!entry.getKey().equals(head)) {
                    move(entry.getValue(), entry.getKey());
                }
            }
            move(last, head);
        } finally {
            for (Path draft : drafts.values()) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private static void requireNoFolder(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "a folder is in its place");
        }
    }

    /** Deletes the drafts that processes which were killed have left in a folder, which nobody else may be writing. */
    public static void deleteDrafts(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path draft : inside.filter(AtomicFiles::isDraft).toList()) {
                Files.delete(draft);
            }
        }
    }

    private static boolean isDraft(Path file) {
        return LEFT.matcher(String.valueOf(file.getFileName())).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** An empty folder in this place. */
    public static Path emptyFolder(Path folder) throws IOException {
        delete(folder);
        return Files.createDirectories(folder);
    }

    /** Moves a finished folder to its place; an older one there is deleted first. */
    public static void replaceFolder(Path draft, Path folder) throws IOException {
        flush(draft);
        delete(folder);
        move(draft, folder);
    }

    /** Gives a finished file or folder its name, over an older file, and waits until the disk has that. */
    public static void move(Path draft, Path place) throws IOException {
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        flush(folder(place));
    }

    /** A power cut takes back what a folder's entries are, though the files are written, until it is flushed itself. */
    private static void flush(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) { // elsewhere none can be opened
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    /** Deletes a folder and what is in it, if it is there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
