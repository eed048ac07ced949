package io.vae4j.experiments.synthetic;

/**
 * The outline of a sprite around its center of mass. All have one area, so that the scale says how much of an image is
 * white whatever the shape, and all lie within a circle of radius 1.
 */
enum SpriteShape {
    /** With sides along the axes. */
    SQUARE {
        @Override
        boolean covers(double x, double y) {
            return Math.max(Math.abs(x), Math.abs(y)) <= Math.sqrt(AREA) / 2;
        }
    },
    /** With half axes 1, along x, and {@code AREA / pi}. */
    ELLIPSE {
        @Override
        boolean covers(double x, double y) {
            double across = y * Math.PI / AREA;
            return x * x + across * across <= 1;
        }
    },
    /** A square that stands on a corner with a half disc on each of its upper sides. */
    HEART {
        @Override
        boolean covers(double x, double y) {
            // along the two sides that meet in the lower corner, in sides
            double right = (y + x) * Math.sqrt(0.5) / HEART_SIDE + HEART_CENTER;
            double left = (y - x) * Math.sqrt(0.5) / HEART_SIDE + HEART_CENTER;
            boolean inSquare = Math.min(right, left) >= 0 && Math.max(right, left) <= 1;
            return inSquare || inDisc(right - 1, left - 0.5) || inDisc(left - 1, right - 0.5);
        }
    };

    /** Of a sprite whose circle has radius 1. */
    static final double AREA = 1.8;

    /** The area of a heart is that of its square and of one disc. */
    private static final double HEART_SIDE = Math.sqrt(AREA / (1 + Math.PI / 4));

    /**
     * The center of mass along either side of the square, in sides. That of the square lies at 1/2; of the half discs
     * of area pi/8, one at {@code 1 + 2 / (3 pi)} and one at 1/2.
     */
    private static final double HEART_CENTER = (0.5 + Math.PI / 8 * (1.5 + 2 / (3 * Math.PI))) / (1 + Math.PI / 4);

    /** Whether a point is inside, y upwards. */
    abstract boolean covers(double x, double y);

    /** Whether a point lies in a disc whose diameter is a side; the inner half is in the square anyway. */
    private static boolean inDisc(double outwards, double along) {
        return outwards * outwards + along * along <= 0.25;
    }
}
