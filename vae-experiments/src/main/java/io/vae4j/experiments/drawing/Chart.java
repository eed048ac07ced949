package io.vae4j.experiments.drawing;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import org.jfree.chart.JFreeChart;

/** A panel that is drawn from numbers: a new kind says what JFreeChart is to draw. */
public interface Chart extends Panel {

    /**
     * The drawing, in the style of {@link ChartStyle}; its colors are those of {@link Ink}, so that they follow a page.
     */
    JFreeChart drawing();

    /** How high the plane is, without what stands above it, in points. */
    default int planeHeight() {
        return 230;
    }

    @Override
    default Dimension size() {
        return ChartStyle.size(drawing(), planeHeight());
    }

    @Override
    default void paint(Graphics2D canvas) {
        JFreeChart drawing = drawing();
        drawing.draw(canvas, new Rectangle(ChartStyle.size(drawing, planeHeight())));
    }
}
