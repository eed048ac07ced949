package io.vae4j.experiments.data;

import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * CIFAR-10: 50,000 and 10,000 color pictures of 32 x 32 pixels (Krizhevsky 2009), and a folder that holds the six files
 * of its binary version.
 */
public final class Cifar10Provider implements DatasetProvider {

    private static final long BYTES = 10_000L * Cifar.RECORD;

    /** The names are those of the original batches.meta.txt. */
    static final Cifar SET = new Cifar(
            "CIFAR-10",
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
            List.of(
                    batch("data_batch_1", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                    batch("data_batch_2", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                    batch("data_batch_3", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                    batch("data_batch_4", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                    batch("data_batch_5", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add")),
            batch("test_batch", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"));

    private static DataFile batch(String name, String sha256) {
        return new DataFile(name + ".bin", BYTES, sha256);
    }

    @Override
    public String kind() {
        return "cifar10";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return Cifar10Source.class;
    }

    @Override
    public String looksFor() {
        return "a folder with CIFAR-10's data_batch_1.bin";
    }

    /** The folder, or the one around it that the archive unpacks into. */
    @Override
    public Optional<DatasetSource> at(Path path) {
        return List.of(path, path.resolve("cifar-10-batches-bin")).stream()
                .filter(SET::isIn)
                .findFirst()
                .map(folder -> new Cifar10Source(Optional.of(folder)));
    }

    /**
     * CIFAR-10 from a folder of the files of its binary version, or else from the cache or by download.
     *
     * @param path the folder
     */
    @Example("{kind: cifar10}")
    public record Cifar10Source(@Default("null") Optional<Path> path) implements DatasetSource {

        @Override
        public Dataset load(DataAccess access) {
            path.ifPresent(Datasets::requireThere);
            return path.or(access::folder)
                    .map(folder -> SET.read(folder, HeapRoom.ofProcess()))
                    .orElseGet(() -> cache(access.cache(), access.progress()).load(Cifar10Source::verified));
        }

        private static Dataset verified(Path folder, String source) throws IOException {
            return SET.verified(folder, source, HeapRoom.ofProcess());
        }

        private static DatasetCache cache(Path root, Consumer<String> progress) {
            DownloadSource whole = new ConcatenatedSource(DjlSource.of("cifar10"), "data_batch.bin", SET.train());
            return new DatasetCache(SET.name(), SET.files(), root, List.of(whole), progress);
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.BYTE_LEVELS);
        }
    }
}
