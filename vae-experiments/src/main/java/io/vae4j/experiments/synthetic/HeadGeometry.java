package io.vae4j.experiments.synthetic;

/** Where features lie on a head that is turned: around an ellipsoid whose axis is upright, seen from afar. */
final class HeadGeometry {

    static final double EYE_Y = -0.06;

    private final Face face;

    HeadGeometry(Face face) {
        this.face = face;
    }

    double width() {
        return face.build().width();
    }

    double height() {
        return face.build().height();
    }

    /** The face from the front: a skull, and a jaw that is narrower. */
    Region outline() {
        double jaw = 0.2 * face.pose().azimuth();
        Region skull = Region.ellipse(0, -0.1, width(), height() - 0.1);
        return skull.or(Region.ellipse(jaw * 0.5, 0.12, 0.86 * width(), height() - 0.12));
    }

    /** Where a point of the head is seen that lies at an angle beside the nose, to the viewer's right. */
    double x(double longitude) {
        return 0.92 * width() * StrictMath.sin(longitude + face.pose().azimuth());
    }

    /** How much narrower something there looks. */
    double foreshortening(double longitude) {
        return Math.max(0.35, StrictMath.cos(longitude + face.pose().azimuth()));
    }

    /** An ear, -1 for the one at the viewer's left; that of the far side goes behind the head. */
    double earX(int side) {
        return side * width() * (1 - 0.4 * Math.max(0, side * face.pose().azimuth()));
    }

    /** The longitude of an eye, -1 for the one at the viewer's left. */
    double eye(int side) {
        return side * face.build().eyes();
    }
}
