package io.vae4j.experiments.synthetic;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.recipe.KeyChecks;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A density in the plane from which points are drawn; the key {@code kind} chooses it. It is a mixture of equally
 * likely components, which are the classes of the points. A plugin adds one as it adds any part of a recipe.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface PlanarDensity {

    /** The names of the components, at least one. */
    List<String> components();

    /**
     * Draws a point of one component.
     *
     * @param component a place in the list of components
     */
    Point draw(int component, Random random);

    /** A point of the plane. */
    record Point(double x, double y) {

        /** At a distance from the origin, in a direction in radians. */
        static Point polar(double radius, double angle) {
            return new Point(radius, 0).rotated(angle);
        }

        /** Turned around the origin, counterclockwise, by an angle in radians. */
        Point rotated(double angle) {
            // StrictMath, whose results are the same on every machine
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            return new Point(cos * x - sin * y, sin * x + cos * y);
        }

        /** With noise {@code N(0, deviation^2 I)} added. */
        Point blurred(double deviation, Random random) {
            return new Point(x + deviation * random.nextGaussian(), y + deviation * random.nextGaussian());
        }
    }

    /** More spread out than this, shapes are noise. */
    double MOST_NOISE = 10;

    private static List<String> numbered(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> name + " " + i).toList();
    }

    /**
     * A pinwheel: Gaussian clouds around the origin, drawn out along the radius and bent. A point of arm a of A is
     * {@code (r, t)} turned by {@code 2 pi a / A + twist exp(r)}, where {@code r ~ N(1, radial^2)} and {@code t ~ N(0,
     * tangential^2)}; Johnson et al. 2016, https://arxiv.org/abs/1603.06277, by the formula of their program svae.
     *
     * @param arms how many
     * @param radial the standard deviation along an arm
     * @param tangential the standard deviation across it
     * @param twist how much arms are bent
     */
    @Example("{kind: pinwheel, arms: 3, radial: 0.3, tangential: 0.05, twist: 0.25}")
    record Pinwheel(
            @Default("5") int arms,
            @Default("0.3") double radial,
            @Default("0.05") double tangential,
            @Default("0.25") double twist)
            implements PlanarDensity {

        public Pinwheel {
            KeyChecks.atLeastOne("data.set.shape.arms", arms);
            KeyChecks.atMost("data.set.shape.arms", arms, Labels.MOST_CLASSES);
            KeyChecks.within("data.set.shape.radial", radial, 0, MOST_NOISE);
            KeyChecks.within("data.set.shape.tangential", tangential, 0, MOST_NOISE);
            KeyChecks.within("data.set.shape.twist", twist, -10, 10);
        }

        @Override
        public List<String> components() {
            return numbered("arm", arms);
        }

        @Override
        public Point draw(int component, Random random) {
            double r = 1 + radial * random.nextGaussian();
            double t = tangential * random.nextGaussian();
            return new Point(r, t).rotated(2 * Math.PI * component / arms + twist * StrictMath.exp(r));
        }
    }

    /**
     * Two half circles that interlock: {@code (cos a, sin a)} and {@code (1 - cos a, 1/2 - sin a)} with a uniform on
     * [0, pi], as {@code make_moons} of scikit-learn, and Gaussian noise.
     *
     * @param noise the standard deviation of each coordinate
     */
    @Example("{kind: two-moons, noise: 0.05}")
    record TwoMoons(@Default("0.1") double noise) implements PlanarDensity {

        public TwoMoons {
            KeyChecks.within("data.set.shape.noise", noise, 0, MOST_NOISE);
        }

        @Override
        public List<String> components() {
            return List.of("upper moon", "lower moon");
        }

        @Override
        public Point draw(int component, Random random) {
            Point upper = Point.polar(1, Math.PI * random.nextDouble());
            Point moon = component == 0 ? upper : new Point(1 - upper.x(), 0.5 - upper.y());
            return moon.blurred(noise, random);
        }
    }

    /**
     * A circle around the origin, {@code (cos a, sin a)} with a uniform on [0, 2 pi], and Gaussian noise.
     *
     * @param noise the standard deviation of each coordinate
     */
    @Example("{kind: ring, noise: 0.05}")
    record Ring(@Default("0.1") double noise) implements PlanarDensity {

        public Ring {
            KeyChecks.within("data.set.shape.noise", noise, 0, MOST_NOISE);
        }

        @Override
        public List<String> components() {
            return List.of("ring");
        }

        @Override
        public Point draw(int component, Random random) {
            return Point.polar(1, 2 * Math.PI * random.nextDouble()).blurred(noise, random);
        }
    }

    /**
     * The dark squares of a board: uniform on every other cell of a grid over [-2, 2] x [-2, 2], the lower left one
     * among them. Its density is {@code 1/8} on them wherever the number of cells is even, so that no model of it has a
     * mean NLL below {@code ln 8 = 2.079} nats.
     *
     * @param cells along one side
     */
    @Example("{kind: checkerboard, cells: 2}")
    record Checkerboard(@Default("4") int cells) implements PlanarDensity {

        private static final double SIDE = 4;
        private static final int MOST_CELLS = 40;

        public Checkerboard {
            KeyChecks.atLeastOne("data.set.shape.cells", cells);
            KeyChecks.atMost("data.set.shape.cells", cells, MOST_CELLS);
        }

        @Override
        public List<String> components() {
            return numbered("square", (cells * cells + 1) / 2);
        }

        @Override
        public Point draw(int component, Random random) {
            int[] dark = IntStream.range(0, cells * cells)
                    .filter(cell -> (cell / cells + cell % cells) % 2 == 0)
                    .toArray();
            int cell = dark[component];
            return new Point(along(cell % cells, random), along(cell / cells, random));
        }

        private double along(int place, Random random) {
            return SIDE * (place + random.nextDouble()) / cells - SIDE / 2;
        }
    }
}
