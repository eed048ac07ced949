package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A program that loads the tiny set, for tests of several processes. */
final class TinyLoader {

    private TinyLoader() {}

    /** Arguments: the folder to copy from, the cache, and a file: it waits for that file halfway through fetching. */
    public static void main(String[] args) {
        Route route = new HalfwayRoute(Path.of(args[0]), Path.of(args[2]));
        Dataset data = new DataChain(TinySet.SET, Path.of(args[1]), List.of(route), System.out::println)
                .load(Optional.empty());
        System.out.println("loaded from " + data.provenance().source());
    }

    private record HalfwayRoute(Path from, Path signal) implements Route {

        @Override
        public String source() {
            return "halfway";
        }

        @Override
        public void fetch(IdxSet set, Path into) throws IOException {
            copy(set.trainImages(), into);
            copy(set.trainLabels(), into);
            System.out.println("halfway");
            while (!Files.exists(signal)) {
                pause();
            }
            copy(set.testImages(), into);
            copy(set.testLabels(), into);
        }

        private void copy(IdxFile file, Path into) throws IOException {
            Files.copy(from.resolve(file.name()), into.resolve(file.name()));
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
