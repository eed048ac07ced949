package io.vae4j.experiments.data;

import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Fashion-MNIST: 60,000 and 10,000 articles of clothing of 28 x 28 gray bytes (Xiao et al. 2017), and a folder that
 * holds its four files.
 */
public final class FashionMnistProvider implements DatasetProvider {

    /** The four files, unpacked: archives of several ages differ in their packing. The names are the authors'. */
    static final PublishedIdx SET = new PublishedIdx(
            new IdxSet(
                    "Fashion-MNIST",
                    List.of(
                            "T-shirt/top",
                            "Trouser",
                            "Pullover",
                            "Dress",
                            "Coat",
                            "Sandal",
                            "Shirt",
                            "Sneaker",
                            "Bag",
                            "Ankle boot"),
                    new IdxFile(
                            "train-images-idx3-ubyte",
                            IdxShape.images(60_000, 28, 28),
                            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                    new IdxFile(
                            "train-labels-idx1-ubyte",
                            IdxShape.labels(60_000),
                            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                    new IdxFile(
                            "t10k-images-idx3-ubyte",
                            IdxShape.images(10_000, 28, 28),
                            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                    new IdxFile(
                            "t10k-labels-idx1-ubyte",
                            IdxShape.labels(10_000),
                            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")),
            List.of(DjlSource.of("fashmnist")));

    @Override
    public String kind() {
        return "fashion-mnist";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return FashionMnistSource.class;
    }

    @Override
    public String looksFor() {
        return "a folder with Fashion-MNIST's four files";
    }

    @Override
    public Optional<DatasetSource> at(Path path) {
        return IdxFolder.isOf(path, SET.files())
                ? Optional.of(new FashionMnistSource(Optional.of(path)))
                : Optional.empty();
    }

    /**
     * Fashion-MNIST from a folder of its four files, or else from the cache or by download.
     *
     * @param path the folder
     */
    @Example("{kind: fashion-mnist}")
    public record FashionMnistSource(@Default("null") Optional<Path> path) implements DatasetSource {

        @Override
        public Dataset load(DataAccess access) {
            path.ifPresent(Datasets::requireThere);
            return SET.load(path.or(access::folder), access.cache(), access.progress());
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.BYTE_LEVELS);
        }
    }
}
