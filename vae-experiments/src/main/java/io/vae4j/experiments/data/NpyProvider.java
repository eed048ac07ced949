package io.vae4j.experiments.data;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** NumPy files of one array each, as {@code numpy.save} writes them. */
public final class NpyProvider implements DatasetProvider {

    private static final String NAMES = "save one array of examples with numpy.save, or x_train.npy, y_train.npy,"
            + " x_test.npy and y_test.npy into a folder";

    @Override
    public String kind() {
        return "npy";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return NpySource.class;
    }

    @Override
    public String looksFor() {
        return "a NumPy file (.npy), or a folder with x_train.npy";
    }

    @Override
    public Optional<DatasetSource> at(Path path) {
        return isFile(path) || isFolder(path) ? Optional.of(new NpySource(path, TestShare.STANDARD)) : Optional.empty();
    }

    private static boolean isFile(Path path) {
        return path.toString().endsWith(NpyArrays.ENDING) && Files.isRegularFile(path);
    }

    private static boolean isFolder(Path path) {
        try {
            return Files.isDirectory(path)
                    && ArraySplits.areAmong(
                            NpyArrays.at(path, HeapRoom.ofProcess()).files().keySet());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * One array of examples in a NumPy file, or a folder of such files named {@code x_train}, {@code x_test},
     * {@code x_validation} and as many of {@code y_...} for labels, or {@code x} and {@code y} alone.
     *
     * @param path the file or folder
     * @param testShare the share of examples that is held out where there is no test split
     */
    @Example("{kind: npy, path: mine.npy}")
    public record NpySource(Path path, @Default("0.1") double testShare) implements NumpySource {

        public NpySource {
            TestShare.require(testShare);
        }

        @Override
        public String layout() {
            return NAMES;
        }

        @Override
        public NamedArrays arrays(HeapRoom room) throws IOException {
            return NpyArrays.at(path, room);
        }
    }
}
