package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that loads the tiny set, for tests of several processes. */
final class TinyLoader {

    private TinyLoader() {}

    /** Arguments: the folder to copy from, the cache, and a file: it waits for that file halfway through fetching. */
    public static void main(String[] args) {
        DownloadSource source = new HalfwaySource(Path.of(args[0]), Path.of(args[2]));
        Dataset data =
                TinySet.cache(Path.of(args[1]), System.out::println, source).load(TinySet::read);
        System.out.println("loaded from " + data.provenance().source());
    }

    private record HalfwaySource(Path from, Path signal) implements DownloadSource {

        @Override
        public String title() {
            return "halfway";
        }

        @Override
        public void fetch(List<DataFile> files, Path into) throws IOException {
            copy(files.subList(0, 2), into);
            System.out.println("halfway");
            while (!Files.exists(signal)) {
                pause();
            }
            copy(files.subList(2, 4), into);
        }

        private void copy(List<DataFile> files, Path into) throws IOException {
            for (DataFile file : files) {
                Files.copy(from.resolve(file.name()), into.resolve(file.name()));
            }
        }

        private static void pause() throws IOException {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
