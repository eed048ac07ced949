package io.vae4j.experiments.synthetic;

/**
 * A square picture in the making, from -{@value #REACH} to {@value #REACH} along either side, y downwards. What is
 * painted covers what was there; a pixel at an edge is covered in part.
 */
final class Canvas {

    private static final double REACH = 0.86;
    private static final int CHANNELS = 3;
    private static final double MOST = 255;

    private final int size;
    private final double pixel;
    private final double[] levels;
    private Placement placement = new Placement(0, 0, 0);

    /** @param size in pixels along either side */
    Canvas(int size) {
        this.size = size;
        pixel = 2 * REACH / size;
        levels = new double[CHANNELS * size * size];
    }

    /**
     * Where the origin of what is painted lies, and by which angle it is turned, in radians, clockwise as one sees it.
     */
    record Placement(double x, double y, double angle) {}

    /**
     * How a region is painted.
     *
     * @param opacity from 0, which changes nothing, to 1
     * @param blur over how wide a band the border fades; 0 for a sharp one
     * @param clip beyond which nothing is painted
     */
    record Coat(Rgb color, double opacity, double blur, Region clip) {

        static Coat of(Rgb color) {
            return new Coat(color, 1, 0, Region.EVERYWHERE);
        }

        Coat opacity(double share) {
            return new Coat(color, share, blur, clip);
        }

        Coat blur(double width) {
            return new Coat(color, opacity, width, clip);
        }

        Coat inside(Region region) {
            return new Coat(color, opacity, blur, region);
        }
    }

    /** From now on, regions are those of a part that lies elsewhere. */
    void place(Placement where) {
        placement = where;
    }

    void paint(Region region, Rgb color) {
        paint(region, Coat.of(color));
    }

    void paint(Region region, Coat coat) {
        // StrictMath, whose results are the same on every machine
        double cos = StrictMath.cos(placement.angle());
        double sin = StrictMath.sin(placement.angle());
        Region.Circle circle = region.within();
        double centerX = placement.x() + cos * circle.x() - sin * circle.y();
        double centerY = placement.y() + sin * circle.x() + cos * circle.y();
        double reach = circle.radius() + coat.blur() + pixel;
        double band = Math.max(pixel, coat.blur());
        for (int row = first(centerY - reach); row < last(centerY + reach); row++) {
            double y = (row + 0.5) * pixel - REACH - placement.y();
            for (int column = first(centerX - reach); column < last(centerX + reach); column++) {
                double x = (column + 0.5) * pixel - REACH - placement.x();
                double u = cos * x + sin * y;
                double v = cos * y - sin * x;
                double share = covered(region, u, v, band);
                if (share > 0) {
                    double shown = covered(coat.clip(), u, v, pixel);
                    blend(row * size + column, coat.color(), share * shown * coat.opacity());
                }
            }
        }
    }

    private static double covered(Region region, double x, double y, double band) {
        return Math.max(0, Math.min(1, 0.5 - region.distance(x, y) / band));
    }

    private void blend(int place, Rgb color, double share) {
        int plane = size * size;
        levels[place] += share * (color.red() - levels[place]);
        levels[plane + place] += share * (color.green() - levels[plane + place]);
        levels[2 * plane + place] += share * (color.blue() - levels[2 * plane + place]);
    }

    private int first(double at) {
        return (int) Math.max(0, Math.floor((at + REACH) / pixel));
    }

    private int last(double at) {
        return (int) Math.min(size, Math.ceil((at + REACH) / pixel));
    }

    /** The picture, a byte for each level: [3, size, size]. */
    byte[] bytes() {
        byte[] bytes = new byte[levels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.rint(MOST * Math.max(0, Math.min(1, levels[i])));
        }
        return bytes;
    }
}
