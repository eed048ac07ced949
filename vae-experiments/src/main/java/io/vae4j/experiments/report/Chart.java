package io.vae4j.experiments.report;

import org.jfree.chart.JFreeChart;

/** A figure that is drawn from numbers. A new kind says what JFreeChart is to draw; {@link ChartSvg} does the rest. */
interface Chart {

    /** What it shows, in a few words. */
    String title();

    /** What it shows, for those who cannot see it. */
    String description();

    /** The drawing; its colors are those of {@link Ink}, so that they follow the page. */
    JFreeChart drawing();
}
