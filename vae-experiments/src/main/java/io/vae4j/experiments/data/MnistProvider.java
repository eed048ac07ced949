package io.vae4j.experiments.data;

import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.nio.file.Path;
import java.util.Optional;

/** MNIST, and a folder that holds its four files. */
public final class MnistProvider implements DatasetProvider {

    @Override
    public String kind() {
        return "mnist";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return MnistSource.class;
    }

    @Override
    public String looksFor() {
        return "a folder with MNIST's four files";
    }

    @Override
    public Optional<DatasetSource> at(Path path) {
        return IdxFolder.isOf(path, Mnist.FILES) ? Optional.of(new MnistSource(Optional.of(path))) : Optional.empty();
    }

    /**
     * MNIST from a folder of its four files, or else from the cache or by download.
     *
     * @param path the folder
     */
    @Example("{kind: mnist}")
    public record MnistSource(@Default("null") Optional<Path> path) implements DatasetSource {

        @Override
        public Dataset load(DataAccess access) {
            path.ifPresent(Datasets::requireThere);
            return Mnist.load(path.or(access::folder), access.cache(), access.progress());
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.BYTE_LEVELS);
        }
    }
}
