package io.vae4j.experiments.synthetic;

import io.vae4j.experiments.synthetic.Canvas.Coat;
import java.util.List;

/** Paints hair behind and in front of the head, and a beard. */
final class HairPainter {

    private static final List<Rgb> COLORS =
            List.of(Rgb.hex(0x241A17), Rgb.hex(0x5E3C22), Rgb.hex(0xA04A20), Rgb.hex(0xDCB670), Rgb.hex(0xB5B2AE));
    private static final int CURLS = 9;

    private final Face face;
    private final Canvas canvas;
    private final HeadGeometry head;
    private final Rgb color;

    HairPainter(Face face, Canvas canvas, HeadGeometry head) {
        this.face = face;
        this.canvas = canvas;
        this.head = head;
        color = color(face);
    }

    static Rgb color(Face face) {
        Rgb color = COLORS.get(face.hair().color());
        double lightness = face.hair().lightness();
        return lightness < 0 ? color.darker(-0.2 * lightness) : color.lighter(0.12 * lightness);
    }

    /** What falls behind the head, and is darker. */
    void behind() {
        double width = head.width();
        Rgb dark = color.darker(0.3);
        switch (face.hair().style()) {
            case BALD, SHORT -> {}
            case CHIN_LENGTH -> canvas.paint(Region.rectangle(0, 0.03, width + 0.13, 0.5, 0.35), dark);
            case LONG -> canvas.paint(Region.rectangle(0, 0.3, width + 0.16, 0.8, 0.4), dark);
            case CURLY -> curls(dark, 0.3);
        }
    }

    /** What lies on the forehead. */
    void front() {
        Region scalp = Region.ellipse(0, -0.13, head.width() + 0.035, head.height() - 0.02);
        switch (face.hair().style()) {
            case BALD -> {}
            case SHORT -> {
                Region cut = Region.ellipse(head.x(0) * 0.9, 0.12, head.width() * 0.92, head.height() * 0.86);
                shaded(scalp.without(cut).and(Region.above(0.0)));
            }
            case CHIN_LENGTH -> {
                // a fringe to the brows, and strands down to the jaw
                Region strands = scalp.without(Region.ellipse(head.x(0) * 0.8, 0.2, head.width() * 0.83, 0.44));
                shaded(strands.and(Region.above(0.35)));
            }
            case LONG -> {
                Region open = Region.ellipse(head.x(0) * 0.8, 0.1, head.width() * 0.78, 0.52);
                shaded(scalp.without(open));
            }
            case CURLY -> curls(color, -0.2);
        }
    }

    /** Balls of hair around the upper part of the head. */
    private void curls(Rgb shade, double lowest) {
        for (int i = 0; i < CURLS; i++) {
            double angle = Math.PI * (1 + (i + 0.5) / CURLS);
            double x = (head.width() + 0.06) * StrictMath.cos(angle);
            double y = -0.12 + (head.height() - 0.1) * StrictMath.sin(angle);
            canvas.paint(Region.ellipse(x, y + lowest * 0.3, 0.17, 0.17), shade);
        }
    }

    private void shaded(Region hair) {
        canvas.paint(hair, color);
        double lit = face.scene().light();
        canvas.paint(
                Region.ellipse(0.5 * head.width() * lit, -0.5, 0.16, 0.12),
                Coat.of(color.lighter(0.6)).opacity(0.45).blur(0.2).inside(hair));
    }

    void beard() {
        if (!face.hair().beard()) {
            return;
        }
        double x = head.x(0) * 0.6;
        Region jaw = head.outline().without(Region.ellipse(x, -0.02, head.width() * 0.8, 0.27));
        Region beard = jaw.and(Region.below(0.08));
        canvas.paint(beard, Coat.of(color.darker(0.12)).opacity(0.92).blur(0.05));
    }
}
