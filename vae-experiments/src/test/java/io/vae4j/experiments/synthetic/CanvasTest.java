package io.vae4j.experiments.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.synthetic.Canvas.Coat;
import io.vae4j.experiments.synthetic.Canvas.Placement;
import io.vae4j.experiments.synthetic.PlanarDensity.Point;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanvasTest {

    private static final int SIZE = 100;
    private static final double REACH = 0.86;

    record Area(Region region, double expected) {}

    static List<Area> areas() {
        Region disc = Region.ellipse(0.1, -0.05, 0.4, 0.4);
        return List.of(
                new Area(disc, Math.PI * 0.16),
                new Area(Region.ellipse(0, 0.1, 0.6, 0.25), Math.PI * 0.15),
                new Area(Region.rectangle(0.1, 0, 0.5, 0.3, 0.1), 0.6 - 0.04 * (1 - Math.PI / 4)),
                new Area(Region.line(new Point(-0.3, -0.2), new Point(0.3, 0.6), 0.2), 0.2 * 1.0 + Math.PI * 0.01),
                // its length by Simpson's rule is 0.880
                new Area(Region.arc(0, 0, 0.4, 0.15, 0.1), 0.088 + Math.PI * 0.0025),
                new Area(disc.outline(0.1), 2 * Math.PI * 0.4 * 0.1),
                new Area(disc.and(Region.above(-0.05)), Math.PI * 0.08),
                new Area(disc.without(Region.below(-0.05)), Math.PI * 0.08),
                new Area(disc.or(Region.ellipse(0.1, -0.05, 0.2, 0.2)), Math.PI * 0.16),
                new Area(Region.EVERYWHERE, 4 * REACH * REACH));
    }

    @ParameterizedTest
    @MethodSource("areas")
    void pixelsAtAnEdgeAreCoveredInPartSoThatTheAreaIsRight(Area area) {
        assertThat(painted(area.region(), new Placement(0, 0, 0))).isCloseTo(area.expected(), within(0.004));
    }

    @ParameterizedTest
    @MethodSource("areas")
    void whatIsTurnedKeepsItsArea(Area area) {
        assertThat(painted(area.region(), new Placement(-0.05, 0.02, 0.5))).isCloseTo(area.expected(), within(0.004));
    }

    @Test
    void whatIsPlacedClockwiseIsSeenThere() {
        Canvas canvas = new Canvas(SIZE);
        canvas.place(new Placement(0.1, 0, Math.PI / 2));
        canvas.paint(Region.ellipse(0.5, 0, 0.1, 0.1), Rgb.WHITE);

        // to the right before, below after; the middle of the disc is at (0.1, 0.5)
        assertThat(canvas.bytes()[pixel(0.5) * SIZE + pixel(0.1)]).isEqualTo((byte) 255);
        assertThat(canvas.bytes()[pixel(0) * SIZE + pixel(0.6)]).isZero();
    }

    @Test
    void aHalfTransparentCoatMixesAndAClipKeepsItInside() {
        Canvas canvas = new Canvas(SIZE);
        Region upper = Region.above(0);
        canvas.paint(Region.EVERYWHERE, Coat.of(Rgb.hex(0xFF0000)).opacity(0.5).inside(upper));

        byte[] bytes = canvas.bytes();
        assertThat(Byte.toUnsignedInt(bytes[0])).isEqualTo(128);
        assertThat(bytes[SIZE * SIZE]).isZero();
        assertThat(bytes[SIZE * SIZE - 1]).isZero();
    }

    @Test
    void aBlurredEdgeIsALinearGradient() {
        Canvas canvas = new Canvas(SIZE);
        canvas.paint(
                Region.behind(new Point(0, 0), new Point(1, 0)),
                Coat.of(Rgb.WHITE).blur(2 * REACH));

        byte[] bytes = canvas.bytes();
        assertThat(IntStream.range(0, SIZE).map(i -> Byte.toUnsignedInt(bytes[i])))
                .isEqualTo(IntStream.range(0, SIZE)
                        .map(i -> (int) Math.rint(255 * (1 - (i + 0.5) / SIZE)))
                        .boxed()
                        .toList());
    }

    @Test
    void huesAreThoseOfJavasColors() {
        for (int i = 0; i <= 24; i++) {
            Rgb ours = Rgb.hue(i / 24.0, 0.6, 0.8);
            Color theirs = Color.getHSBColor(i / 24f, 0.6f, 0.8f);

            assertThat(List.of(ours.red(), ours.green(), ours.blue()))
                    .usingComparatorForType(
                            (a, b) -> Math.abs(a - b) < 0.5 / 255 ? 0 : Double.compare(a, b), Double.class)
                    .containsExactly(theirs.getRed() / 255.0, theirs.getGreen() / 255.0, theirs.getBlue() / 255.0);
        }
    }

    private static int pixel(double place) {
        return (int) ((place + REACH) / (2 * REACH) * SIZE);
    }

    private static double painted(Region region, Placement placement) {
        Canvas canvas = new Canvas(SIZE);
        canvas.place(placement);
        canvas.paint(region, Rgb.WHITE);
        byte[] bytes = canvas.bytes();
        double pixel = 2 * REACH / SIZE;
        return pixel
                * pixel
                * IntStream.range(0, SIZE * SIZE)
                        .map(i -> Byte.toUnsignedInt(bytes[i]))
                        .sum()
                / 255.0;
    }
}
