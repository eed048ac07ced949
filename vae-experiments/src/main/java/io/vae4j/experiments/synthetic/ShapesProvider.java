package io.vae4j.experiments.synthetic;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.DatasetProvider;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.HeapRoom;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.TestShare;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.KeyChecks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Sprites with known factors of variation: what disentanglement is measured on. */
public final class ShapesProvider implements DatasetProvider {

    /** Raised whenever the same keys give other images. */
    private static final int VERSION = 1;

    @Override
    public String kind() {
        return "shapes";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return ShapesSource.class;
    }

    /** It lies nowhere. */
    @Override
    public Optional<DatasetSource> at(Path path) {
        return Optional.empty();
    }

    /**
     * A white sprite on black, [1, size, size], of every shape, scale, orientation and position, each combination once,
     * with the factor values as labels. The idea is that of dSprites (Matthey et al. 2017,
     * https://github.com/google-deepmind/dsprites-dataset), whose files these are not:
     *
     * <ul>
     *   <li>Images are fewer: 16 positions along an axis, not 32, and 10 orientations, not 40.
     *   <li>Orientations divide a quarter turn, not a full one, at the same distance of 9 degrees. A square repeats
     *       after a quarter turn and an ellipse after half a one: over a full turn the factor could not be read off an
     *       image, and images held out would occur among those to train on. {@code turn: 360} has it so.
     *   <li>All shapes have one area at one scale, and positions are whole pixels apart, 2 by default, so that a sprite
     *       has the same pixels wherever it is. A pixel is white if its center is inside: there is no antialiasing.
     *   <li>There is no factor of one value, such as their color, and the heart has another outline.
     * </ul>
     *
     * @param size of an image along either side, in pixels; sprites reach up to a quarter of it from their center
     * @param scales how many, evenly from one half to 1
     * @param orientations how many, at multiples of {@code turn / orientations}, counterclockwise
     * @param turn the angle that orientations divide, in degrees
     * @param positions how many along either axis, from left to right and from top to bottom
     * @param testShare the share of images that is held out, which ones by chance but always the same; both splits are
     *     in an order by chance, so that the first images of one stand for all
     */
    @Example("{kind: shapes, size: 32, scales: 2, orientations: 3, positions: 4}")
    public record ShapesSource(
            @Default("64") int size,
            @Default("6") int scales,
            @Default("10") int orientations,
            @Default("90") int turn,
            @Default("16") int positions,
            @Default("0.1") double testShare)
            implements DatasetSource {

        private static final int FULL_TURN = 360;
        /** Smaller ones have no room for shapes, larger ones none in memory. */
        private static final int SMALLEST = 16;

        private static final int LARGEST = 1024;
        private static final int MOST_SCALES = 100;

        public ShapesSource {
            KeyChecks.multiple("data.set.size", size, 4);
            KeyChecks.within("data.set.size", size, SMALLEST, LARGEST);
            KeyChecks.atLeastOne("data.set.scales", scales);
            KeyChecks.atMost("data.set.scales", scales, MOST_SCALES);
            KeyChecks.atLeastOne("data.set.orientations", orientations);
            KeyChecks.atMost("data.set.orientations", orientations, FULL_TURN);
            KeyChecks.atLeastOne("data.set.turn", turn);
            KeyChecks.atMost("data.set.turn", turn, FULL_TURN);
            KeyChecks.atLeastOne("data.set.positions", positions);
            KeyChecks.atMost("data.set.positions", positions, size / 2 + 1);
            TestShare.require(testShare);
        }

        @Override
        public Dataset load(DataAccess access) {
            SpriteGrid grid = new SpriteGrid(size, scales, orientations, turn, positions);
            requireRoom(grid);
            TestShare.Places places = places(Math.toIntExact(grid.count()));
            Examples train = examples(grid, places.train());
            Examples test = examples(grid, places.test());
            String maker = "generated: " + this + ", version " + VERSION + " of the generator";
            return new ArrayDataset("shapes", train, test, Provenance.ofContent(maker, train, test));
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.BINARY);
        }

        private void requireRoom(SpriteGrid grid) {
            HeapRoom.require(
                    grid.bytes(),
                    "a grid of " + grid.count() + " images of " + size + " x " + size + " pixels",
                    "data.set",
                    "give fewer positions or orientations");
        }

        private TestShare.Places places(int count) {
            try {
                return TestShare.places(count, testShare);
            } catch (IllegalArgumentException e) {
                throw new InvalidInput(String.valueOf(e.getMessage()), "data.set", "give a smaller testShare");
            }
        }

        private static Examples examples(SpriteGrid grid, int... images) {
            Shape event = new Shape(1, grid.size(), grid.size());
            Values values = Values.ofBits(grid.render(images), images.length, event);
            int[][] factors = Arrays.stream(images).mapToObj(grid::values).toArray(int[][]::new);
            return new Examples(values, new Labels.Factors(grid.factors(), factors));
        }
    }
}
