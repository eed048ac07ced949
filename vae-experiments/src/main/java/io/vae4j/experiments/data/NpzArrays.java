package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The arrays of an open NumPy file. */
record NpzArrays(ZipFile zip, HeapRoom room) implements NamedArrays {

    private static final String ENDING = ".npy";

    @Override
    public Optional<Named> read(String name, NumpyArray.Elements kept) throws IOException {
        ZipEntry entry = zip.getEntry(name + ENDING);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return Optional.of(new Named(name, NumpyArray.read(in, entry.getSize(), kept, room)));
        } catch (WrongFile e) {
            throw e.after("the array " + name);
        }
    }

    @Override
    public String listed() {
        return NamedArrays.listed(zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(ENDING))
                .map(name -> name.substring(0, name.length() - ENDING.length()))
                .toList());
    }
}
