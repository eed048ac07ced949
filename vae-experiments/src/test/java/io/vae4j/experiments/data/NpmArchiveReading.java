package io.vae4j.experiments.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Takes files out of an npm package's archive, for tests of other packages. */
public final class NpmArchiveReading {

    private NpmArchiveReading() {}

    /** An archive that is as it should be. */
    public static byte[] archive() {
        return new TinyTar().tinySet().gzip();
    }

    /** The same, not packed. */
    public static byte[] tar() throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(archive())).readAllBytes();
    }

    /** Packs it. */
    public static byte[] gzip(byte[] tar) {
        return TinySet.gzip(tar);
    }

    /** Reads it. */
    public static void read(byte[] packed, Path folder) throws IOException {
        List<DataFile> files = TinySet.SET.dataFiles();
        for (DataFile file : files) {
            Files.deleteIfExists(folder.resolve(file.name()));
        }
        NpmSource.unpack(packed, "package/data/", files, folder);
        for (DataFile file : files) {
            file.read(folder);
        }
    }

    /** A folder in which each file must be the one that is known, of which the first is this one. */
    public static void readKnown(byte[] first, Path folder) throws IOException {
        TinySet.write(folder);
        Files.write(folder.resolve(TinySet.SET.trainImages().name()), first);
        new IdxFolder(folder).read(TinySet.SET, "fuzzed");
    }

    /** The file that {@link #readKnown} accepts. */
    public static byte[] known() {
        return TinySet.bytes(TinySet.SET.trainImages());
    }
}
