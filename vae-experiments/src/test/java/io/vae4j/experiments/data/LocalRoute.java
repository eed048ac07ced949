package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A route that copies a folder, counting how often it is asked. */
record LocalRoute(String source, Path from, AtomicInteger asked) implements Route {

    LocalRoute(String source, Path from) {
        this(source, from, new AtomicInteger());
    }

    @Override
    public void fetch(IdxSet set, Path into) throws IOException {
        asked.incrementAndGet();
        for (IdxFile file : set.files()) {
            Files.copy(from.resolve(file.name()), into.resolve(file.name()));
        }
    }
}
