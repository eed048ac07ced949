package io.vae4j.experiments.data;

import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** NumPy files of several arrays, as {@code numpy.savez} writes them. */
public final class NpzProvider implements DatasetProvider {

    private static final String NAMES =
            "save arrays x_train and x_test (or x) of numbers with numpy.savez, and labels as y_train, y_test";
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    @Override
    public String kind() {
        return "npz";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return NpzSource.class;
    }

    @Override
    public String looksFor() {
        return "a NumPy file of several arrays (.npz)";
    }

    @Override
    public Optional<DatasetSource> at(Path path) {
        return path.toString().endsWith(".npz") || beginsAsZip(path)
                ? Optional.of(new NpzSource(path, TestShare.STANDARD))
                : Optional.empty();
    }

    private static boolean beginsAsZip(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A NumPy file with arrays {@code x_train}, {@code x_test}, {@code x_validation} and as many of {@code y_...} for
     * labels, or with {@code x} and {@code y} alone.
     *
     * @param path the file
     * @param testShare the share of examples that is held out where the file has no test split
     */
    @Example("{kind: npz, path: mine.npz}")
    public record NpzSource(Path path, @Default("0.1") double testShare) implements NumpySource {

        public NpzSource {
            TestShare.require(testShare);
        }

        @Override
        public String layout() {
            return NAMES;
        }

        @Override
        public NamedArrays arrays(HeapRoom room) throws IOException {
            return NpzArrays.at(path, room);
        }
    }
}
