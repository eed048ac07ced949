package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * A NumPy file of several arrays.
 *
 * @param path an untrusted file
 * @param room what its arrays and all copies of them may take
 */
record NpzFile(Path path, HeapRoom room) {

    Dataset read(double testShare) throws IOException {
        return given(Gaps.REFUSED).dataset(testShare);
    }

    GivenSplits given(Gaps gaps) throws IOException {
        String name = String.valueOf(path.getFileName());
        try (ZipFile zip = new ZipFile(path.toFile())) {
            ArraySplits splits = new ArraySplits(new NpzArrays(zip, room), room, gaps);
            return splits.named(name, splits.examples(), new Provenance(path.toString(), Map.of(name, sha256())));
        }
    }

    private String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Sha256.of(in);
        }
    }
}
