package io.vae4j.experiments.drawing;

import java.awt.Dimension;
import java.awt.Graphics2D;

/** One picture of a drawing: a chart, or images side by side. */
public interface Panel {

    /** What it shows, in a few words. */
    String title();

    /** What it shows, for those who cannot see it. */
    String description();

    /** How much room it wants, in points; text has 12. */
    Dimension size();

    /** Paints it from (0, 0) to its size. */
    void paint(Graphics2D canvas);
}
