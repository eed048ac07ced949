package io.vae4j.experiments.synthetic;

import io.vae4j.experiments.synthetic.Canvas.Coat;
import io.vae4j.experiments.synthetic.Face.Glasses;
import io.vae4j.experiments.synthetic.PlanarDensity.Point;

/** Paints glasses and a hat. */
final class AccessoryPainter {

    private static final double LENS_WIDTH = 0.17;
    private static final double LENS_HEIGHT = 0.135;
    private static final double RIM = 0.035;

    private final Face face;
    private final Canvas canvas;
    private final HeadGeometry head;

    AccessoryPainter(Face face, Canvas canvas, HeadGeometry head) {
        this.face = face;
        this.canvas = canvas;
        this.head = head;
    }

    void paint() {
        if (face.accessories().glasses() != Glasses.NONE) {
            glasses();
        }
        if (face.accessories().hat()) {
            hat();
        }
    }

    private void glasses() {
        boolean dark = face.accessories().glasses() == Glasses.SUNGLASSES;
        Rgb rim = Rgb.hex(0x1A1A1E);
        double y = HeadGeometry.EYE_Y + 0.01;
        for (int side : new int[] {-1, 1}) {
            Region lens = lens(side, y);
            canvas.paint(lens, Coat.of(dark ? rim : Rgb.WHITE).opacity(dark ? 0.93 : 0.12));
            canvas.paint(lens.outline(RIM), rim);
            double outer = head.x(head.eye(side)) + side * LENS_WIDTH * head.foreshortening(head.eye(side));
            canvas.paint(
                    Region.line(new Point(outer, y - 0.03), new Point(head.earX(side), y), RIM),
                    Coat.of(rim).inside(head.outline()));
        }
        double inner = LENS_WIDTH * 0.9;
        Point left = new Point(head.x(head.eye(-1)) + inner * head.foreshortening(head.eye(-1)), y - 0.02);
        Point right = new Point(head.x(head.eye(1)) - inner * head.foreshortening(head.eye(1)), y - 0.02);
        canvas.paint(Region.line(left, right, RIM), rim);
    }

    private Region lens(int side, double y) {
        double longitude = head.eye(side);
        return Region.ellipse(head.x(longitude), y, LENS_WIDTH * head.foreshortening(longitude), LENS_HEIGHT);
    }

    private void hat() {
        Rgb color = Rgb.hue(face.accessories().hue(), 0.7, 0.75);
        double width = head.width() + 0.07;
        Region crown = Region.ellipse(0, -0.36, width, 0.4).and(Region.above(-0.3));
        canvas.paint(crown, color);
        double lit = face.scene().light();
        canvas.paint(
                Region.ellipse(-0.8 * width * lit, -0.5, 0.25, 0.4),
                Coat.of(color.darker(0.6)).opacity(0.5).blur(0.35).inside(crown));
        canvas.paint(Region.rectangle(0, -0.33, width + 0.01, 0.075, 0.06), color.darker(0.3));
    }
}
