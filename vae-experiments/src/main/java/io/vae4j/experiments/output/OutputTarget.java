package io.vae4j.experiments.output;

import io.vae4j.experiments.Bytes;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where results are to go, and in which format.
 *
 * @param path of a file that need not exist; one that does is replaced
 */
public record OutputTarget(Path path, OutputFormat format) {

    /** All formats, ours first. */
    public static List<OutputFormat> formats() {
        return Services.all(OutputFormat.class);
    }

    /**
     * The format by the ending of the name.
     *
     * @throws InvalidInput if no format has it, or there is no folder that the file could go to
     */
    public static OutputTarget at(Path path) {
        String name = String.valueOf(path.getFileName());
        String extension =
                name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
        OutputFormat format = formats().stream()
                .filter(known -> Services.ask(known, OutputFormat::extension).equals(extension))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "this name does not end as a format that is known",
                        path.toString(),
                        "give --out " + endings()));
        requirePlace(path);
        return new OutputTarget(path, format);
    }

    private static String endings() {
        return "a file with one of the endings "
                + formats().stream().map(known -> "." + known.extension()).collect(Collectors.joining(", "));
    }

    private static void requirePlace(Path path) {
        if (Files.isDirectory(path)) {
            throw new InvalidInput("this is a folder", path.toString(), "give --out a file");
        }
        Path folder = folder(path);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInput("there is no such folder", folder.toString(), "make it, or give --out another");
        }
        if (!Files.isWritable(folder)) {
            throw new InvalidInput("this folder cannot be written", folder.toString(), "give --out another");
        }
    }

    static Path folder(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a folder");
    }

    /**
     * Begins the file; nothing is to be seen of it until it is whole.
     *
     * @throws InvalidInput if the format cannot hold such columns
     */
    public OutputFile open(Contents contents) throws IOException {
        format.incompatibility(contents).ifPresent(reason -> {
            throw new InvalidInput("." + format.extension() + " cannot hold this", path.toString(), reason);
        });
        requireRoom(format.room(contents));
        return OutputFile.begin(this, contents);
    }

    private void requireRoom(double bytes) throws IOException {
        double usable = (double) Files.getFileStore(folder(path)).getUsableSpace();
        if (bytes > usable) {
            throw new InvalidInput(
                    "the file takes " + Bytes.readable(bytes) + ", and the disk has " + Bytes.readable(usable)
                            + " left",
                    path.toString(),
                    "ask for fewer, or free the disk");
        }
    }
}
