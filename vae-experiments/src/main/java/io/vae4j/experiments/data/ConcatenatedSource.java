package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A source that has some of the files as one, one after another.
 *
 * @param source the source itself
 * @param whole the name under which it has them
 * @param parts the files, in order
 */
record ConcatenatedSource(DownloadSource source, String whole, List<DataFile> parts) implements DownloadSource {

    @Override
    public String title() {
        return source.title();
    }

    @Override
    public void fetch(List<DataFile> files, Path into) throws IOException {
        long bytes = parts.stream().mapToLong(DataFile::bytes).sum();
        List<DataFile> fetched = new ArrayList<>(files);
        fetched.removeAll(parts);
        fetched.add(new DataFile(whole, bytes, ""));
        source.fetch(fetched, into);
        try (InputStream in = Files.newInputStream(into.resolve(whole))) {
            for (DataFile part : parts) {
                Files.write(into.resolve(part.name()), in.readNBytes(Math.toIntExact(part.bytes())));
            }
        }
    }
}
