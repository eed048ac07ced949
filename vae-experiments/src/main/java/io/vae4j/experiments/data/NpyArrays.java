package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * NumPy arrays of a file each: one alone, which is called {@code x}, or those of a folder.
 *
 * @param files by the name of the array
 * @param room what they may take
 * @param sha256 the checksums of those that were read, by file name
 */
record NpyArrays(Map<String, Path> files, HeapRoom room, Map<String, String> sha256) implements NamedArrays {

    static final String ENDING = ".npy";

    static NpyArrays at(Path path, HeapRoom room) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(path)) {
            for (Path file : PictureTree.listed(path)) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(ENDING)) {
                    files.put(name.substring(0, name.length() - ENDING.length()), file);
                }
            }
        } else {
            files.put("x", path);
        }
        return new NpyArrays(files, room, new TreeMap<>());
    }

    @Override
    public Optional<Named> read(String name, NumpyArray.Elements kept) throws IOException {
        Path file = files.get(name);
        if (file == null) {
            return Optional.empty();
        }
        try {
            Optional<NumpyHeader> mappable =
                    kept == NumpyArray.Elements.AS_EXAMPLES ? mappable(file) : Optional.empty();
            NumpyArray array = mappable.isPresent() ? NumpyArray.mapped(file, mappable.get()) : read(file, kept);
            return Optional.of(new Named(name, array));
        } catch (WrongFile e) {
            throw e.after(String.valueOf(file.getFileName()));
        }
    }

    private NumpyArray read(Path file, NumpyArray.Elements kept) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            NumpyArray array = NumpyArray.read(in, Files.size(file), kept, room);
            known(file, HexFormat.of().formatHex(digest.digest()));
            return array;
        }
    }

    /** The header of an array that does not fit into memory and can be used where it lies. */
    private Optional<NumpyHeader> mappable(Path file) throws IOException {
        NumpyHeader header;
        try (InputStream in = Files.newInputStream(file)) {
            header = NumpyHeader.read(in, Files.size(file));
        }
        if (room.has(header.contentBytes()) || !header.isAsExamples() || header.contentBytes() == 0) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            known(file, Sha256.of(in));
        }
        return Optional.of(header);
    }

    private void known(Path file, String sum) {
        sha256.put(String.valueOf(file.getFileName()), sum);
    }

    @Override
    public String listed() {
        return NamedArrays.listed(files.keySet().stream().toList());
    }
}
