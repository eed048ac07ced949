package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The arrays of an open NumPy file. */
record NpzArrays(ZipFile zip, HeapRoom room) {

    private static final String ENDING = ".npy";

    /** How many names fit into a line. */
    private static final int SHOWN = 10;

    /** An array with the name that it was found by. */
    record Named(String name, NumpyArray array) {}

    /** The first of these names that there is. */
    Optional<Named> first(List<String> names) throws IOException {
        for (String name : names) {
            ZipEntry entry = zip.getEntry(name + ENDING);
            if (entry != null) {
                return Optional.of(new Named(name, read(name, entry)));
            }
        }
        return Optional.empty();
    }

    private NumpyArray read(String name, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return NumpyArray.read(in, entry.getSize(), room);
        } catch (WrongFile e) {
            throw e.after("the array " + name);
        }
    }

    /** For messages: which arrays there are. */
    String listed() {
        List<String> names = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(ENDING))
                .map(name -> name.substring(0, name.length() - ENDING.length()))
                .toList();
        String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.isEmpty() ? "no arrays at all" : first + (names.size() > SHOWN ? ", ..." : "");
    }
}
