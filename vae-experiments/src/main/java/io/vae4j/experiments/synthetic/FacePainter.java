package io.vae4j.experiments.synthetic;

import io.vae4j.experiments.synthetic.Canvas.Coat;
import io.vae4j.experiments.synthetic.Canvas.Placement;
import io.vae4j.experiments.synthetic.PlanarDensity.Point;
import java.util.List;

/** Paints a face from the back to the front: background, shoulders, head, features, hair, and what is worn. */
final class FacePainter {

    private static final List<Rgb> SKIN =
            List.of(Rgb.hex(0xFBE0CE), Rgb.hex(0xEDBE98), Rgb.hex(0xCC8E5E), Rgb.hex(0x945A34), Rgb.hex(0x4F2F1E));
    private static final double HEAD_Y = -0.08;

    private final Face face;
    private final Canvas canvas;
    private final HeadGeometry head;
    private final Rgb skin;

    private FacePainter(Face face, Canvas canvas) {
        this.face = face;
        this.canvas = canvas;
        head = new HeadGeometry(face);
        skin = Rgb.along(SKIN, face.complexion().skin());
    }

    /** The portrait as bytes, [3, size, size]. */
    static byte[] paint(Face face, int size) {
        Canvas canvas = new Canvas(size);
        new FacePainter(face, canvas).paint();
        return canvas.bytes();
    }

    private void paint() {
        HairPainter hair = new HairPainter(face, canvas, head);
        background();
        Face.Pose pose = face.pose();
        Placement placed = new Placement(pose.x(), HEAD_Y + pose.y(), pose.tilt());
        canvas.place(placed);
        hair.behind();
        canvas.place(new Placement(0, 0, 0));
        shoulders();
        canvas.place(placed);
        neckAndEars();
        head();
        new FeaturePainter(face, canvas, head, skin).paint();
        hair.beard();
        new FeaturePainter(face, canvas, head, skin).mouth();
        hair.front();
        new AccessoryPainter(face, canvas, head).paint();
    }

    private void background() {
        Face.Scene scene = face.scene();
        Rgb color = Rgb.hue(scene.hue(), 0.35, 0.35 + 0.6 * scene.brightness());
        Point direction = Point.polar(1, scene.angle());
        canvas.paint(Region.EVERYWHERE, color);
        Region half = Region.behind(new Point(0, 0), direction);
        canvas.paint(half, Coat.of(color.darker(0.55)).blur(2.6));
    }

    private void shoulders() {
        Rgb shirt = Rgb.hue(face.scene().shirt(), 0.65, 0.7);
        double x = face.pose().x() / 2;
        Region body = Region.ellipse(x, 1.22, 0.86, 0.62);
        canvas.paint(body, shirt);
        double lit = face.scene().light();
        canvas.paint(
                Region.ellipse(x - 0.7 * lit, 1.2, 0.5, 0.7),
                Coat.of(Rgb.BLACK).opacity(0.35).blur(0.5).inside(body));
        canvas.paint(Region.ellipse(x, 0.68, 0.3, 0.16), skin.darker(0.22));
    }

    private void neckAndEars() {
        double chin = face.build().height();
        canvas.paint(Region.rectangle(0, chin, 0.19, 0.28, 0.08), skin.darker(0.22));
        for (int side : new int[] {-1, 1}) {
            double x = head.earX(side);
            canvas.paint(Region.ellipse(x, 0.04, 0.085, 0.13), skin.darker(0.08));
            canvas.paint(Region.ellipse(x, 0.04, 0.04, 0.08), skin.darker(0.25));
        }
    }

    private void head() {
        Region outline = head.outline();
        canvas.paint(outline, skin);
        double lit = face.scene().light();
        double width = face.build().width();
        Coat light = Coat.of(skin.lighter(0.55)).opacity(0.6).blur(0.5).inside(outline);
        canvas.paint(Region.ellipse(0.55 * width * lit, -0.25, 0.6 * width, 0.35), light);
        Coat shadow = Coat.of(skin.darker(0.6)).opacity(0.75).blur(0.45).inside(outline);
        canvas.paint(Region.behind(new Point(-0.75 * width * lit, 0), away(lit)), shadow);
        // below the chin and along the jaw
        canvas.paint(
                Region.ellipse(0, -0.1, width * 1.25, face.build().height() * 1.1)
                        .outline(0.05),
                shadow);
    }

    /** Into the light, a little upwards. */
    private static Point away(double lit) {
        double x = lit < 0 ? -1 : 1;
        double length = Math.sqrt(1 + 0.09);
        return new Point(x / length, -0.3 / length);
    }
}
