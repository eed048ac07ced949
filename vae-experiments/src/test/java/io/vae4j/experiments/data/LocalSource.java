package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that copies a folder, counting how often it is asked. */
record LocalSource(String title, Path from, AtomicInteger asked) implements DownloadSource {

    LocalSource(String title, Path from) {
        this(title, from, new AtomicInteger());
    }

    @Override
    public void fetch(List<DataFile> files, Path into) throws IOException {
        asked.incrementAndGet();
        for (DataFile file : files) {
            Files.copy(from.resolve(file.name()), into.resolve(file.name()));
        }
    }
}
