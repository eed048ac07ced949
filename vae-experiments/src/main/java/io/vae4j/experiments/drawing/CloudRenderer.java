package io.vae4j.experiments.drawing;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYDataset;

/** Points as one path of dots for each cloud: an element for each of thousands would make an SVG of megabytes. */
final class CloudRenderer extends XYLineAndShapeRenderer {

    private static final long serialVersionUID = 1;
    private static final float DOT = 3.2f;
    private static final double LENGTH = 0.1;
    private static final Shape LEGEND = new Ellipse2D.Double(-DOT, -DOT, 2 * DOT, 2 * DOT);

    private transient Path2D dots = new Path2D.Double();

    CloudRenderer(List<Cloud> clouds) {
        super(false, true);
        for (int i = 0; i < clouds.size(); i++) {
            setSeriesPaint(i, clouds.get(i).ink().color());
            setLegendShape(i, LEGEND);
            setSeriesVisibleInLegend(i, !clouds.get(i).label().isEmpty());
        }
        setLegendItemLabelGenerator((data, i) -> clouds.get(i).label());
    }

    @Override
    @SuppressWarnings("TooManyParameters") // the library's
    public void drawItem(
            Graphics2D canvas,
            XYItemRendererState state,
            Rectangle2D area,
            PlotRenderingInfo info,
            XYPlot plot,
            ValueAxis domainAxis,
            ValueAxis rangeAxis,
            XYDataset data,
            int series,
            int item,
            CrosshairState crosshair,
            int pass) {
        if (pass != 1) {
            return;
        }
        if (item == state.getFirstItemIndex()) {
            dots = new Path2D.Double();
        }
        double x = domainAxis.valueToJava2D(data.getXValue(series, item), area, plot.getDomainAxisEdge());
        double y = rangeAxis.valueToJava2D(data.getYValue(series, item), area, plot.getRangeAxisEdge());
        dots.moveTo(x, y);
        dots.lineTo(x + LENGTH, y);
        if (item == state.getLastItemIndex()) {
            canvas.setPaint(getSeriesPaint(series));
            canvas.setStroke(new BasicStroke(DOT, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            canvas.draw(dots);
        }
    }
}
