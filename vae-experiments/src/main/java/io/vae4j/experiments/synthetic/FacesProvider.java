package io.vae4j.experiments.synthetic;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.DatasetProvider;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.HeapRoom;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.KeyChecks;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Portraits in color that are drawn, not photographed: faces for trying models on, with known factors of variation. */
public final class FacesProvider implements DatasetProvider {

    private static final int CHANNELS = 3;

    /** Raised whenever the same keys give other portraits. */
    private static final int VERSION = 1;

    @Override
    public String kind() {
        return "faces";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return FacesSource.class;
    }

    /** It lies nowhere. */
    @Override
    public Optional<DatasetSource> at(Path path) {
        return Optional.empty();
    }

    /**
     * Drawn faces in color, [3, size, size], of people whose skin, hair, eyes, expression, glasses, hat and beard are
     * drawn independently of each other, as are the measures of the head, how it is turned, the light and the
     * background. The first portraits are the same however many are asked for, and those to test on do not depend on
     * how many there are to train on.
     *
     * @param size of a portrait along either side, in pixels
     * @param train how many portraits to train on
     * @param test how many portraits to test on
     * @param classes the factor whose values are the classes; without it, portraits have no class and are labeled with
     *     all their factors
     * @param seed of the portraits; a run's own seed does not change them
     */
    @Example("{kind: faces, size: 32, train: 1000, test: 200, classes: glasses}")
    public record FacesSource(
            @Default("64") int size,
            @Default("10000") int train,
            @Default("1000") int test,
            @Default("null") Optional<FaceFactor> classes,
            @Default("0") long seed)
            implements DatasetSource {

        /** Smaller ones have no room for a face; larger ones are slow to draw. */
        private static final int SMALLEST = 8;

        private static final int LARGEST = 512;
        /** What a portrait's face and its factors take, besides the pixels. */
        private static final int FACE_BYTES = 512;

        public FacesSource {
            KeyChecks.within("data.set.size", size, SMALLEST, LARGEST);
            KeyChecks.atLeastOne("data.set.train", train);
            KeyChecks.atLeastOne("data.set.test", test);
        }

        @Override
        public Dataset load(DataAccess access) {
            long count = (long) train + test;
            HeapRoom.require(
                    count * (pixels() + FACE_BYTES),
                    "drawing " + count + " portraits of " + size + " x " + size + " pixels",
                    "data.set",
                    "ask for fewer portraits or a smaller size");
            SplittableRandom seeds = new SplittableRandom(seed);
            Examples learned = portraits(train, seeds.nextLong());
            Examples held = portraits(test, seeds.nextLong());
            String maker = "generated: " + this + ", version " + VERSION + " of the generator";
            return new ArrayDataset("faces", learned, held, Provenance.ofContent(maker, learned, held));
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.BYTE_LEVELS);
        }

        private int pixels() {
            return CHANNELS * size * size;
        }

        private Examples portraits(int count, long stream) {
            List<Face> faces =
                    IntStream.range(0, count).mapToObj(i -> face(stream + i)).toList();
            byte[] bytes = new byte[Math.multiplyExact(count, pixels())];
            // each portrait is a function of its place, and so their order of drawing does not matter
            IntStream.range(0, count)
                    .parallel()
                    .forEach(i ->
                            System.arraycopy(FacePainter.paint(faces.get(i), size), 0, bytes, i * pixels(), pixels()));
            Values values = Values.ofBytes(ByteBuffer.wrap(bytes), count, new Shape(CHANNELS, size, size));
            return new Examples(values, labels(faces));
        }

        private static Face face(long key) {
            // keys next to each other would give Random's first draws next to each other
            return Face.draw(new Random(new SplittableRandom(key).nextLong()));
        }

        private Labels labels(List<Face> faces) {
            List<FaceFactor> all = Arrays.asList(FaceFactor.values());
            return classes.<Labels>map(factor -> new Labels.Classes(
                            factor.valueNames(),
                            faces.stream().mapToInt(factor::of).toArray()))
                    .orElseGet(() -> new Labels.Factors(
                            all.stream().map(FaceFactor::factor).toList(),
                            faces.stream()
                                    .map(face -> all.stream()
                                            .mapToInt(factor -> factor.of(face))
                                            .toArray())
                                    .toArray(int[][]::new)));
        }
    }
}
