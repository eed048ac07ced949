package io.vae4j.experiments.data;

import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Folders of IDX files, the format of MNIST, EMNIST and KMNIST. */
public final class IdxProvider implements DatasetProvider {

    private static final String LAYOUT = "put train-images-idx3-ubyte and train-labels-idx1-ubyte into the folder, and"
            + " t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, raw or .gz";

    @Override
    public String kind() {
        return "idx";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return IdxSource.class;
    }

    @Override
    public String looksFor() {
        return "a folder with ...train-images-idx3-ubyte or ...train-images-idx3-ubyte.gz, or that file";
    }

    @Override
    public Optional<DatasetSource> at(Path path) {
        Optional<IdxName> file = IdxName.of(path);
        if (file.isPresent()) {
            return Optional.of(new IdxSource(
                    Objects.requireNonNull(path.getParent()),
                    Optional.of(file.get().prefix()),
                    TestShare.STANDARD));
        }
        try {
            return Files.isDirectory(path) && !IdxName.in(path).isEmpty()
                    ? Optional.of(new IdxSource(path, Optional.empty(), TestShare.STANDARD))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * A folder of IDX files of unsigned bytes, raw or packed by gzip: images of [N, H, W], [N, C, H, W] or [N, H, W,
     * C], and their labels, whose numbers are the names of the classes.
     *
     * @param path the folder
     * @param prefix of the files' names, such as {@code emnist-letters}, where the folder holds several data sets
     * @param testShare the share of examples that is held out where there are no files for the test
     */
    @Example("{kind: idx, path: emnist, prefix: emnist-letters}")
    public record IdxSource(
            Path path,
            @Default("null") Optional<String> prefix,
            @Default("0.1") double testShare) implements SplitSource {

        public IdxSource {
            TestShare.require(testShare);
        }

        @Override
        public String layout() {
            return LAYOUT;
        }

        @Override
        public GivenSplits given(HeapRoom room, Gaps gaps) throws IOException {
            return IdxSplits.in(path, prefix, room).given();
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.BYTE_LEVELS);
        }
    }
}
