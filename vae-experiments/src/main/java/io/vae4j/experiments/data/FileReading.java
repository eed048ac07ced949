package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipException;

/** Reads a file or folder of the user's: whatever is wrong with it becomes one line. */
@FunctionalInterface
interface FileReading<T> {

    /** Reads it. */
    T read() throws IOException;

    /**
     * What was read, if nobody wrote to it meanwhile.
     *
     * @param remedy for faults that know none of their own
     * @throws InvalidInput if it is gone, changes, or cannot be read
     */
    static <T> T of(Path path, String remedy, FileReading<T> reading) {
        Datasets.requireThere(path);
        return told(path, remedy, () -> unchanged(path, reading));
    }

    /** What is made of files that were read; faults become one line as by {@link #of}. */
    static <T> T told(Path path, String remedy, FileReading<T> reading) {
        try {
            return reading.read();
        } catch (WrongFile e) {
            throw new InvalidInput(Reason.of(e), path.toString(), e.remedy().orElse(remedy));
        } catch (ZipException | EOFException e) {
            throw new InvalidInput(
                    "the file is cut off or damaged: " + Reason.of(e), path.toString(), "save or copy it anew");
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInput(Reason.of(e), path.toString(), "see whether the file can be read");
        }
    }

    private static <T> T unchanged(Path path, FileReading<T> reading) throws IOException {
        Fingerprint before = Fingerprint.of(path);
        try {
            T read = reading.read();
            before.requireStill(path);
            return read;
        } catch (UncheckedIOException e) {
            before.requireStill(path);
            throw Objects.requireNonNull(e.getCause());
        } catch (IOException e) {
            before.requireStill(path);
            throw e;
        }
    }
}
