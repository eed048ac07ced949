package io.vae4j.experiments.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A kind of file, by the ending of its name; found by Java's ServiceLoader, also in plugins. */
public interface OutputFormat {

    /** The ending, without a dot, such as {@code npz}. */
    String extension();

    /** Whether it is looked at: it has the columns that are pictures, and no numbers. */
    default boolean isPicture() {
        return false;
    }

    /** Why such columns cannot be written so, with the remedy; empty where they can. */
    default Optional<String> incompatibility(Contents contents) {
        return Optional.empty();
    }

    /** How many bytes of the disk the file takes at least while it is written; double: it may be more than any has. */
    default double room(Contents contents) {
        return contents.bytes();
    }

    /** How many rows are written where the user does not say how many: all, or what fits into a picture. */
    default int usual(int rows) {
        return rows;
    }

    /**
     * Begins a file.
     *
     * @param draft does not exist; it becomes the file when all is written
     */
    RowWriter begin(Path draft, Contents contents) throws IOException;
}
