package io.vae4j.experiments.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.data.Labels.Factor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each factor changes of an image what it is called after, and nothing else. */
class SpriteGridTest {

    private static final SpriteGrid GRID = new SpriteGrid(64, 6, 10, 90, 16);

    /** What an image shows: its area in pixels, its center of mass, and the direction of its longest axis. */
    private record Seen(double area, double x, double y, double axis) {

        static Seen of(byte[] image) {
            int side = (int) Math.sqrt(image.length);
            double[] sums = new double[6];
            for (int p = 0; p < image.length; p++) {
                double x = p % side + 0.5;
                int row = p / side;
                double y = row + 0.5;
                double[] moments = {1, x, y, x * x, y * y, x * y};
                for (int m = 0; m < sums.length && image[p] != 0; m++) {
                    sums[m] += moments[m];
                }
            }
            double x = sums[1] / sums[0];
            double y = sums[2] / sums[0];
            double xx = sums[3] / sums[0] - x * x;
            double yy = sums[4] / sums[0] - y * y;
            double xy = sums[5] / sums[0] - x * y;
            // rows count downwards
            return new Seen(sums[0], x, y, Math.toDegrees(0.5 * Math.atan2(-2 * xy, xx - yy)));
        }
    }

    @Test
    void thereIsOneImageForEachCombination() {
        Set<List<Integer>> combinations = new HashSet<>();
        for (int image = 0; image < GRID.count(); image++) {
            combinations.add(Arrays.stream(GRID.values(image)).boxed().toList());
        }

        assertThat(GRID.factors())
                .containsExactly(
                        new Factor("shape", 3),
                        new Factor("scale", 6),
                        new Factor("orientation", 10),
                        new Factor("x", 16),
                        new Factor("y", 16));
        assertThat(GRID.count()).isEqualTo(3 * 6 * 10 * 16 * 16).isEqualTo(combinations.size());
    }

    @Test
    void positionsMoveTheSameSpriteByTwoPixelsAndChangeNothingElse() {
        for (int[] sprite : new int[][] {{0, 0, 3}, {1, 5, 9}, {2, 3, 4}}) {
            byte[] corner = image(sprite[0], sprite[1], sprite[2], 0, 0);
            for (int position = 1; position < 16; position++) {
                assertThat(image(sprite[0], sprite[1], sprite[2], position, 0))
                        .isEqualTo(shifted(corner, 2 * position));
                assertThat(image(sprite[0], sprite[1], sprite[2], 0, position))
                        .isEqualTo(shifted(corner, 2 * position * 64));
            }
        }
    }

    @Test
    void theCenterOfMassIsThatOfThePosition() {
        for (int sprite = 0; sprite < 3 * 6 * 10; sprite++) {
            Seen seen = Seen.of(image(sprite / 60, sprite / 10 % 6, sprite % 10, 4, 15));

            assertThat(seen.x()).isCloseTo(17 + 2 * 4, within(0.3));
            assertThat(seen.y()).isCloseTo(17 + 2 * 15, within(0.3));
        }
    }

    @Test
    void theAreaFollowsTheScaleWhateverTheShapeAndItsOrientation() {
        for (int sprite = 0; sprite < 3 * 6 * 10; sprite++) {
            int scale = sprite / 10 % 6;
            double area = Seen.of(image(sprite / 60, scale, sprite % 10, 7, 7)).area();

            // as the side of a square, which whole pixels round
            assertThat(Math.sqrt(area)).isCloseTo(Math.sqrt(1.8) * 16 * (0.5 + 0.1 * scale), within(1.0));
            if (scale > 0) {
                assertThat(area)
                        .isGreaterThan(Seen.of(image(sprite / 60, scale - 1, sprite % 10, 7, 7))
                                .area());
            }
        }
    }

    @Test
    void orientationsTurnAnEllipseByNineDegreesCounterclockwise() {
        for (int orientation = 0; orientation < 10; orientation++) {
            assertThat(Seen.of(image(1, 5, orientation, 8, 8)).axis()).isCloseTo(9 * orientation, within(1.5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aQuarterTurnIsTheRotatedImage(int shape) {
        SpriteGrid full = new SpriteGrid(64, 1, 8, 360, 1);
        List<byte[]> turned = IntStream.range(0, 8)
                .mapToObj(orientation -> bytes(full, 8 * shape + orientation))
                .toList();

        for (int orientation = 0; orientation < 8; orientation++) {
            assertThat(turned.get((orientation + 2) % 8)).isEqualTo(rotated(turned.get(orientation)));
        }
    }

    @Test
    void noTwoImagesAreAlikeOverAQuarterTurnAndSquaresAreOverAFullOne() {
        assertThat(distinct(new SpriteGrid(64, 6, 10, 90, 1), 180)).isEqualTo(180);
        // of 40 orientations of a square 10 differ, of an ellipse 20
        assertThat(distinct(new SpriteGrid(64, 1, 40, 360, 1), 120)).isEqualTo(10 + 20 + 40);
    }

    @Test
    void theHeartPointsDownAndIsAsWideOnBothSides() {
        byte[] heart = image(2, 5, 0, 8, 8);
        int[] widths = IntStream.range(0, 64)
                .map(row -> (int) IntStream.range(0, 64)
                        .filter(column -> heart[row * 64 + column] != 0)
                        .count())
                .filter(width -> width > 0)
                .toArray();

        assertThat(widths[widths.length - 1]).as("the tip").isLessThanOrEqualTo(2);
        assertThat(heart).isEqualTo(mirrored(heart, 17 + 2 * 8));
    }

    @ParameterizedTest
    @EnumSource
    void everyOutlineHasTheSameAreaAroundItsCenterOfMassWithinTheUnitCircle(SpriteShape shape) {
        int steps = 2000;
        double cell = 2.0 / steps;
        double area = 0;
        double x = 0;
        double y = 0;
        double farthest = 0;
        for (int i = 0; i < steps * steps; i++) {
            double right = -1 + (i % steps + 0.5) * cell;
            int row = i / steps;
            double up = -1 + (row + 0.5) * cell;
            if (shape.covers(right, up)) {
                area += cell * cell;
                x += right * cell * cell;
                y += up * cell * cell;
                farthest = Math.max(farthest, Math.hypot(right, up));
            }
        }

        assertThat(area).isCloseTo(1.8, within(2e-3));
        assertThat(x).isCloseTo(0, within(1e-3));
        assertThat(y).isCloseTo(0, within(1e-3));
        assertThat(farthest).isLessThanOrEqualTo(1);
    }

    private static byte[] image(int shape, int scale, int orientation, int x, int y) {
        return bytes(GRID, (((shape * 6 + scale) * 10 + orientation) * 16 + x) * 16 + y);
    }

    private static byte[] bytes(SpriteGrid grid, int image) {
        return grid.render(image).array();
    }

    private static long distinct(SpriteGrid grid, int images) {
        return IntStream.range(0, images)
                .mapToObj(image -> ByteBuffer.wrap(bytes(grid, image)))
                .distinct()
                .count();
    }

    /** What is white near no border, later in memory. */
    private static byte[] shifted(byte[] image, int by) {
        byte[] moved = new byte[image.length];
        System.arraycopy(image, 0, moved, by, image.length - by);
        return moved;
    }

    /** Counterclockwise: the right column becomes the top row. */
    private static byte[] rotated(byte[] image) {
        byte[] turned = new byte[image.length];
        for (int row = 0; row < 64; row++) {
            for (int column = 0; column < 64; column++) {
                turned[(63 - column) * 64 + row] = image[row * 64 + column];
            }
        }
        return turned;
    }

    /** Left and right of an axis between pixels. */
    private static byte[] mirrored(byte[] image, int axis) {
        byte[] mirror = new byte[image.length];
        for (int p = 0; p < image.length; p++) {
            if (image[p] != 0) {
                mirror[p / 64 * 64 + 2 * axis - 1 - p % 64] = image[p];
            }
        }
        return mirror;
    }
}
