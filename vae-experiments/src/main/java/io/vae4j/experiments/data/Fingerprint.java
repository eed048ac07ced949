package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What tells that a file was written to: size and time of it, or of each file right in a folder.
 *
 * @param files by name
 */
record Fingerprint(Map<String, String> files) {

    /** Of a folder, what data are read from: a log of the run may well be written beside them. */
    private static final Pattern DATA = Pattern.compile(".*(ubyte|\\.(csv|tsv|npy|gz|bin))");

    static Fingerprint of(Path path) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> inside = Files.list(path)) {
                for (Path file : (Iterable<Path>) inside.filter(Fingerprint::isData)::iterator) {
                    files.put(String.valueOf(file.getFileName()), state(file));
                }
            }
        } else {
            files.put(String.valueOf(path.getFileName()), state(path));
        }
        return new Fingerprint(files);
    }

    private static boolean isData(Path file) {
        return DATA.matcher(String.valueOf(file.getFileName())).matches() && Files.isRegularFile(file);
    }

    private static String state(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return now.size() + " bytes of " + now.lastModifiedTime();
    }

    /** @throws WrongFile if a file is another one now, or one came or went */
    void requireStill(Path path) throws IOException {
        Map<String, String> now = of(path).files();
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getValue().equals(now.remove(file.getKey()))) {
                throw changed(file.getKey());
            }
        }
        if (!now.isEmpty()) {
            throw changed(now.keySet().iterator().next());
        }
    }

    private static WrongFile changed(String name) {
        return new WrongFile(
                name + " changed while it was read, and nothing of it is used",
                "wait until it is written, then start again");
    }
}
