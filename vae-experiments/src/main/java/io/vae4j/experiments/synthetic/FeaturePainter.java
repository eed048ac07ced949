package io.vae4j.experiments.synthetic;

import io.vae4j.experiments.synthetic.Canvas.Coat;
import io.vae4j.experiments.synthetic.PlanarDensity.Point;
import java.util.List;

/** Paints eyes, brows, nose and mouth. */
final class FeaturePainter {

    private static final List<Rgb> EYES = List.of(Rgb.hex(0x5B3A1E), Rgb.hex(0x3F7FCB), Rgb.hex(0x4B8F4A));
    private static final double EYE_WIDTH = 0.125;
    private static final double EYE_HEIGHT = 0.075;
    private static final double MOUTH_Y = 0.29;

    private final Face face;
    private final Canvas canvas;
    private final HeadGeometry head;
    private final Rgb skin;

    FeaturePainter(Face face, Canvas canvas, HeadGeometry head, Rgb skin) {
        this.face = face;
        this.canvas = canvas;
        this.head = head;
        this.skin = skin;
    }

    void paint() {
        cheeks();
        for (int side : new int[] {-1, 1}) {
            eye(side);
            brow(side);
        }
        nose();
    }

    private void cheeks() {
        for (int side : new int[] {-1, 1}) {
            double longitude = side * 0.6;
            Region cheek = Region.ellipse(head.x(longitude), 0.17, 0.12 * head.foreshortening(longitude), 0.1);
            canvas.paint(
                    cheek,
                    Coat.of(Rgb.hex(0xD0453A))
                            .opacity(0.12 + 0.12 * face.expression().smile())
                            .blur(0.12)
                            .inside(head.outline()));
        }
    }

    private void eye(int side) {
        double longitude = head.eye(side);
        double narrow = head.foreshortening(longitude);
        double x = head.x(longitude);
        Region ball = Region.ellipse(x, HeadGeometry.EYE_Y, EYE_WIDTH * narrow, EYE_HEIGHT);
        canvas.paint(ball.outline(0.02), skin.darker(0.45));
        canvas.paint(ball, Rgb.hex(0xF4F2EE));
        double pupil = x + 0.055 * narrow * face.expression().gaze();
        Rgb iris = EYES.get(face.complexion().eyes());
        canvas.paint(
                Region.ellipse(pupil, HeadGeometry.EYE_Y, 0.07 * narrow, 0.07),
                Coat.of(iris).inside(ball));
        canvas.paint(
                Region.ellipse(pupil, HeadGeometry.EYE_Y, 0.035 * narrow, 0.035),
                Coat.of(Rgb.BLACK).inside(ball));
        canvas.paint(
                Region.ellipse(pupil + 0.02, HeadGeometry.EYE_Y - 0.025, 0.014, 0.014),
                Coat.of(Rgb.WHITE).opacity(0.9));
    }

    private void brow(int side) {
        double longitude = head.eye(side);
        double raised = 0.07 * face.expression().brows();
        double x = head.x(longitude);
        double y = HeadGeometry.EYE_Y - 0.12 - raised;
        // a frown draws their inner ends down
        double smile = face.expression().smile();
        double slope = (smile < 0 ? 0.05 : 0.015) * smile * side;
        double half = 0.13 * head.foreshortening(longitude);
        Rgb color = HairPainter.color(face).darker(0.3);
        canvas.paint(
                Region.line(new Point(x - half, y - slope), new Point(x + half, y + slope), 0.035),
                Coat.of(color).opacity(0.9));
    }

    private void nose() {
        double length = face.build().nose();
        double azimuth = face.pose().azimuth();
        double bridge = head.x(0);
        double tip = bridge + 0.16 * StrictMath.sin(azimuth);
        double bottom = HeadGeometry.EYE_Y + 0.06 + length;
        double shade = face.scene().light() < 0 ? 1 : -1;
        Region side = Region.line(
                new Point(bridge + 0.03 * shade, HeadGeometry.EYE_Y), new Point(tip + 0.06 * shade, bottom), 0.05);
        canvas.paint(side, Coat.of(skin.darker(0.5)).opacity(0.45).blur(0.06));
        canvas.paint(
                Region.ellipse(tip, bottom, 0.075, 0.05),
                Coat.of(skin.darker(0.12)).blur(0.04));
        canvas.paint(
                Region.ellipse(tip - 0.02 * shade, bottom - 0.02, 0.03, 0.025),
                Coat.of(skin.lighter(0.5)).opacity(0.7).blur(0.04));
        canvas.paint(Region.arc(tip, bottom + 0.025, 0.07, 0.025, 0.022), skin.darker(0.4));
    }

    /** Also over a beard. */
    void mouth() {
        Face.Expression expression = face.expression();
        double narrow = head.foreshortening(0);
        double x = head.x(0) + 0.05 * StrictMath.sin(face.pose().azimuth());
        double half = (0.17 + 0.04 * expression.smile()) * narrow;
        double sag = 0.1 * expression.smile();
        double open = 0.085 * expression.open();
        Rgb lips = Rgb.hex(0xB4443F).towards(skin, 0.35);
        double top = MOUTH_Y - sag * 0.6;
        canvas.paint(Region.arc(x, top, half, sag, 0.06), lips);
        canvas.paint(Region.arc(x, top + open, half * 0.8, sag * 1.1, 0.06), lips);
        Region inside = Region.arc(x, top + open / 2, half * 0.8, sag, 0.008 + open);
        canvas.paint(inside, Rgb.hex(0x4A1414));
        Region teeth = Region.arc(x, top + open / 4, half * 0.75, sag, open / 2);
        canvas.paint(
                teeth, Coat.of(Rgb.hex(0xF6F3EA)).opacity(open > 0.02 ? 1 : 0).inside(inside));
    }
}
