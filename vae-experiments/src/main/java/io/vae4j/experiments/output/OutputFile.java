package io.vae4j.experiments.output;

import ai.djl.ndarray.NDArray;
import io.vae4j.experiments.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A file that is being written under another name; it gets its own when all rows are there, and else is deleted. */
public final class OutputFile implements AutoCloseable {

    private final Path path;
    private final Path draft;
    private final RowWriter writer;
    private final Contents contents;
    private long written;

    private OutputFile(Path path, Path draft, RowWriter writer, Contents contents) {
        this.path = path;
        this.draft = draft;
        this.writer = writer;
        this.contents = contents;
    }

    static OutputFile begin(OutputTarget target, Contents contents) throws IOException {
        Path path = target.path();
        // not .tmp, which a run that goes on takes for its own draft and deletes
        Path draft = OutputTarget.folder(path).resolve("." + path.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            return new OutputFile(path, draft, target.format().begin(draft, contents), contents);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /** What is to be written. */
    public Contents contents() {
        return contents;
    }

    /** How many rows there are so far. */
    public long written() {
        return written;
    }

    /**
     * Appends rows.
     *
     * @param rows by the name of the column, each [n, ...row]
     * @throws IllegalArgumentException if a column is missing, has another type or shape, or there are too many rows
     */
    public void write(Map<String, NDArray> rows) throws IOException {
        long count = -1;
        for (Column column : contents.columns()) {
            NDArray given = rows.get(column.name());
            if (given == null || given.getDataType() != column.type() || !fits(given, column, count)) {
                throw new IllegalArgumentException("the rows of " + column + " are "
                        + (given == null ? "missing" : given.getDataType() + " " + given.getShape()));
            }
            count = given.getShape().get(0);
        }
        written += count;
        if (written > contents.rows()) {
            throw new IllegalArgumentException(written + " rows were given and " + contents.rows() + " announced");
        }
        writer.write(rows);
    }

    private static boolean fits(NDArray given, Column column, long count) {
        return given.getShape().slice(1).equals(column.row())
                && (count < 0 || given.getShape().get(0) == count);
    }

    /**
     * Puts the whole file in its place, over an older one.
     *
     * @return the path
     * @throws IOException if the disk refuses; an older file is then as it was
     */
    public Path commit() throws IOException {
        if (written != contents.rows()) {
            throw new IllegalStateException(written + " rows were given and " + contents.rows() + " announced");
        }
        writer.finish();
        writer.close();
        AtomicFiles.move(draft, path);
        return path;
    }

    /** Deletes what was written, unless it is in its place. */
    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
