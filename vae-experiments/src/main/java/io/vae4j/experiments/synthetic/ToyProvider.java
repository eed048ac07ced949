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
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/** Points in the plane, drawn from a density of a well-known shape. */
public final class ToyProvider implements DatasetProvider {

    private static final Shape PLANE = new Shape(2);

    /** Raised whenever the same keys give other points. */
    private static final int VERSION = 1;

    @Override
    public String kind() {
        return "toy";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return ToySource.class;
    }

    /** It lies nowhere. */
    @Override
    public Optional<DatasetSource> at(Path path) {
        return Optional.empty();
    }

    /**
     * Independent draws from a density in the plane; each point's component is its class where there are several. The
     * first points are the same however many are asked for, and those to test on do not depend on how many there are to
     * train on.
     *
     * @param shape the density
     * @param train how many points to train on
     * @param test how many points to test on
     * @param seed of the points; a run's own seed does not change them
     */
    @Example("{kind: toy, shape: two-moons, train: 1000, test: 200}")
    public record ToySource(
            @Default("pinwheel") PlanarDensity shape,
            @Default("20000") int train,
            @Default("5000") int test,
            @Default("0") long seed)
            implements DatasetSource {

        /** What a point takes while it is made and once it is there. */
        private static final long BYTES_EACH = 2 * 2 * Float.BYTES + Integer.BYTES;

        public ToySource {
            KeyChecks.atLeastOne("data.set.train", train);
            KeyChecks.atLeastOne("data.set.test", test);
        }

        @Override
        public Dataset load(DataAccess access) {
            long points = (long) train + test;
            HeapRoom.require(points * BYTES_EACH, "making " + points + " points", "data.set", "ask for fewer points");
            SplittableRandom seeds = new SplittableRandom(seed);
            Examples learned = points(train, seeds.nextLong());
            Examples held = points(test, seeds.nextLong());
            String maker = "generated: " + this + ", version " + VERSION + " of the generator";
            return new ArrayDataset("toy", learned, held, Provenance.ofContent(maker, learned, held));
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.REAL);
        }

        private Examples points(int count, long stream) {
            // the documentation of this class fixes its algorithms, so that any Java gives the same points
            Random random = new Random(stream);
            List<String> components = shape.components();
            FloatBuffer points = FloatBuffer.allocate(Math.multiplyExact(2, count));
            int[] classes = new int[count];
            for (int i = 0; i < count; i++) {
                classes[i] = random.nextInt(components.size());
                PlanarDensity.Point point = shape.draw(classes[i], random);
                points.put((float) point.x()).put((float) point.y());
            }
            Values values = Values.ofFloats(points.flip(), count, PLANE);
            return components.size() == 1
                    ? new Examples(values)
                    : new Examples(values, new Labels.Classes(components, classes));
        }
    }
}
