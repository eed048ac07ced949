package io.vae4j.experiments.synthetic;

import io.vae4j.experiments.synthetic.PlanarDensity.Point;

/**
 * A part of the plane, y downwards, as the distance from its border: what is needed to draw it without jagged edges,
 * with arithmetic alone, whose results are the same on every machine.
 */
interface Region {

    /** How far a point is from the border, about: positive outside, negative inside. */
    double distance(double x, double y);

    /** A circle that it lies in. */
    Circle within();

    /** The whole plane. */
    Region EVERYWHERE = of(Circle.UNBOUNDED, (x, y) -> Double.NEGATIVE_INFINITY);

    /** A circle. */
    record Circle(double x, double y, double radius) {

        private static final Circle UNBOUNDED = new Circle(0, 0, 1e3);
    }

    /** A distance, and where the region lies. */
    @FunctionalInterface
    interface Distance {
        double at(double x, double y);
    }

    private static Region of(Circle within, Distance distance) {
        return new Region() {

            @Override
            public double distance(double x, double y) {
                return distance.at(x, y);
            }

            @Override
            public Circle within() {
                return within;
            }
        };
    }

    /** An ellipse with axes along x and y; the distance is that of the ellipse's equation to first order. */
    static Region ellipse(double x, double y, double acrossX, double acrossY) {
        return of(new Circle(x, y, Math.max(acrossX, acrossY)), (u, v) -> {
            double right = (u - x) / acrossX;
            double down = (v - y) / acrossY;
            double level = Math.sqrt(right * right + down * down);
            double slope = Math.sqrt(right * right / (acrossX * acrossX) + down * down / (acrossY * acrossY));
            return slope < 1e-9 ? -Math.min(acrossX, acrossY) : level * (level - 1) / slope;
        });
    }

    /** All points on the side of a line through a point that a direction of length 1 points away from. */
    static Region behind(Point through, Point direction) {
        return of(Circle.UNBOUNDED, (x, y) -> (x - through.x()) * direction.x() + (y - through.y()) * direction.y());
    }

    /** All points above a height. */
    static Region above(double height) {
        return behind(new Point(0, height), new Point(0, 1));
    }

    /** All points below a height. */
    static Region below(double height) {
        return behind(new Point(0, height), new Point(0, -1));
    }

    /** A rectangle with round corners. */
    static Region rectangle(double x, double y, double acrossX, double acrossY, double corner) {
        return of(new Circle(x, y, acrossX + acrossY), (u, v) -> {
            double right = Math.abs(u - x) - acrossX + corner;
            double down = Math.abs(v - y) - acrossY + corner;
            double outside = Math.sqrt(square(Math.max(right, 0)) + square(Math.max(down, 0)));
            return outside + Math.min(Math.max(right, down), 0) - corner;
        });
    }

    private static double square(double number) {
        return number * number;
    }

    /** A straight line of a width, with round ends. */
    static Region line(Point from, Point to, double width) {
        double x = to.x() - from.x();
        double y = to.y() - from.y();
        double squared = Math.max(x * x + y * y, 1e-12);
        Circle within = new Circle((from.x() + to.x()) / 2, (from.y() + to.y()) / 2, (Math.sqrt(squared) + width) / 2);
        return of(within, (u, v) -> {
            double along = ((u - from.x()) * x + (v - from.y()) * y) / squared;
            double nearest = Math.max(0, Math.min(1, along));
            return Math.sqrt(square(u - from.x() - nearest * x) + square(v - from.y() - nearest * y)) - width / 2;
        });
    }

    /**
     * An arc of a width: a parabola through both ends, at one height. The distance is that of its equation to first
     * order.
     *
     * @param x of its middle
     * @param y of its ends
     * @param half the distance of an end from the middle
     * @param sag how far the middle lies below the ends
     */
    static Region arc(double x, double y, double half, double sag, double width) {
        Circle within = new Circle(x, y + sag / 2, half + Math.abs(sag) / 2 + width);
        return of(within, (u, v) -> {
            double along = (u - x) / half;
            double beyond = Math.max(0, Math.abs(along) - 1);
            double inside = Math.max(-1, Math.min(1, along));
            double slope = 2 * sag * inside / half;
            double off = (v - y - sag * (1 - inside * inside)) / Math.sqrt(1 + slope * slope);
            return Math.sqrt(square(off) + square(beyond * half)) - width / 2;
        });
    }

    /** What lies in both; the other one must not reach further than this one. */
    default Region and(Region other) {
        return of(within(), (x, y) -> Math.max(distance(x, y), other.distance(x, y)));
    }

    /** What lies in this one and not in the other. */
    default Region without(Region other) {
        return of(within(), (x, y) -> Math.max(distance(x, y), -other.distance(x, y)));
    }

    /** What lies in either. */
    default Region or(Region other) {
        return of(around(within(), other.within()), (x, y) -> Math.min(distance(x, y), other.distance(x, y)));
    }

    /** Its border, as a line of a width. */
    default Region outline(double width) {
        Circle grown = new Circle(within().x(), within().y(), within().radius() + width);
        return of(grown, (x, y) -> Math.abs(distance(x, y)) - width / 2);
    }

    private static Circle around(Circle a, Circle b) {
        double apart = Math.sqrt(square(b.x() - a.x()) + square(b.y() - a.y()));
        if (apart <= Math.abs(a.radius() - b.radius())) {
            return a.radius() > b.radius() ? a : b;
        }
        double radius = (apart + a.radius() + b.radius()) / 2;
        double share = (radius - a.radius()) / apart;
        return new Circle(a.x() + share * (b.x() - a.x()), a.y() + share * (b.y() - a.y()), radius);
    }
}
