package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The arrays of a NumPy file, which is open. */
record NpzArrays(Path path, ZipFile zip, HeapRoom room) implements NamedArrays {

    private static final String ENDING = ".npy";

    /** @throws WrongFile if the file is no archive, or not a whole one */
    static NpzArrays at(Path path, HeapRoom room) throws IOException {
        try {
            return new NpzArrays(path, new ZipFile(path.toFile()), room);
        } catch (ZipException e) {
            throw new WrongFile("the file is cut off, damaged or no npz file: " + Reason.of(e), "save or copy it anew");
        }
    }

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

    @Override
    public Map<String, String> sha256() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Map.of(String.valueOf(path.getFileName()), Sha256.of(in));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
