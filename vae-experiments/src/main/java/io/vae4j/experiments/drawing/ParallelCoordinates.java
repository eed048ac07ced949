package io.vae4j.experiments.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Points of many dimensions as lines through parallel axes: where the good ones gather on an axis, there are the good
 * values of that dimension. Inselberg 1985.
 *
 * @param axes from the left
 * @param lines what comes later lies on top
 */
public record ParallelCoordinates(String title, String description, List<Coordinate> axes, List<Line> lines)
        implements Panel {

    private static final int PLANE = 260;
    private static final int GAP = 6;
    private static final int LEAST_BETWEEN = 130;
    private static final int MOST_BETWEEN = 240;
    private static final int COMFORTABLE = 680;
    private static final int HEADING_LINES = 2;

    /** Of the paper behind the numbers of an axis: lines stay to be seen through it. */
    private static final int VEIL = 190;

    /** @throws IllegalArgumentException if there are fewer than two axes, between which no line can be */
    public ParallelCoordinates {
        axes = List.copyOf(axes);
        lines = List.copyOf(lines);
        if (axes.size() < 2) {
            throw new IllegalArgumentException(axes.size() + " axes are too few for a line between them");
        }
    }

    /**
     * An axis.
     *
     * @param heading what it measures; a long one is broken after its last dot
     */
    public record Coordinate(String heading, List<Tick> ticks) {

        public Coordinate {
            ticks = List.copyOf(ticks);
        }

        private List<String> headingLines() {
            int dot = heading.lastIndexOf('.');
            return dot < 0 ? List.of(heading) : List.of(heading.substring(0, dot + 1), heading.substring(dot + 1));
        }
    }

    /**
     * A value that an axis names.
     *
     * @param place from 0 at the bottom of the axis to 1 at its top
     */
    public record Tick(String label, double place) {}

    /**
     * A point.
     *
     * @param places on the axes from the left, from 0 at the bottom to 1 at the top; where there are fewer than axes,
     *     the line ends
     */
    public record Line(Pen pen, List<Double> places) {

        public Line {
            places = List.copyOf(places);
        }
    }

    private static FontMetrics letters() {
        return ChartStyle.measuring().getFontMetrics(ChartStyle.FONT);
    }

    private int top() {
        return HEADING_LINES * letters().getHeight() + 2 * GAP;
    }

    private int between() {
        return Math.max(LEAST_BETWEEN, Math.min(MOST_BETWEEN, COMFORTABLE / (axes.size() - 1)));
    }

    /** Numbers stand at the left of an axis, those of the last one at its right. */
    private int left() {
        return margin(axes.get(0));
    }

    private int right() {
        return margin(axes.get(axes.size() - 1));
    }

    private static int margin(Coordinate outermost) {
        ToIntFunction<String> width = letters()::stringWidth;
        int numbers = outermost.ticks().stream()
                .map(Tick::label)
                .mapToInt(width)
                .max()
                .orElse(0);
        int heading = outermost.headingLines().stream().mapToInt(width).max().orElse(0);
        return Math.max(numbers + 2 * GAP, heading / 2 + GAP);
    }

    @Override
    public Dimension size() {
        return new Dimension(
                left() + between() * (axes.size() - 1) + right(),
                top() + PLANE + letters().getHeight());
    }

    @Override
    public void paint(Graphics2D canvas) {
        canvas.setFont(ChartStyle.FONT);
        for (int i = 0; i < axes.size(); i++) {
            canvas.setStroke(new BasicStroke(1));
            canvas.setPaint(Ink.AXIS.color());
            canvas.draw(new Line2D.Double(across(i), top(), across(i), top() + PLANE));
        }
        lines.forEach(line -> paint(canvas, line));
        for (int i = 0; i < axes.size(); i++) {
            heading(canvas, i);
            int axis = i;
            axes.get(i).ticks().forEach(tick -> tick(canvas, axis, tick));
        }
    }

    private double across(int axis) {
        return left() + (double) between() * axis;
    }

    private double down(double place) {
        return top() + (1 - place) * PLANE;
    }

    private void paint(Graphics2D canvas, Line line) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < Math.min(axes.size(), line.places().size()); i++) {
            double y = down(line.places().get(i));
            if (i == 0) {
                path.moveTo(across(i), y);
            } else {
                path.lineTo(across(i), y);
            }
        }
        canvas.setStroke(line.pen().stroke());
        canvas.setPaint(line.pen().ink().color());
        canvas.draw(path);
    }

    private void heading(Graphics2D canvas, int axis) {
        FontMetrics letters = canvas.getFontMetrics();
        List<String> written = axes.get(axis).headingLines();
        for (int i = 0; i < written.size(); i++) {
            int below = written.size() - 1 - i;
            canvas.setPaint(below > 0 ? Ink.SOFT.color() : Ink.INK.color());
            double x = across(axis) - letters.stringWidth(written.get(i)) / 2.0;
            double y = letters.getAscent() + (HEADING_LINES - 1.0 - below) * letters.getHeight();
            canvas.drawString(written.get(i), (float) x, (float) y);
        }
    }

    private void tick(Graphics2D canvas, int axis, Tick tick) {
        FontMetrics letters = canvas.getFontMetrics();
        int width = letters.stringWidth(tick.label());
        boolean isLast = axis == axes.size() - 1;
        double x = isLast ? across(axis) + GAP : across(axis) - GAP - width;
        double y = down(tick.place());
        canvas.setPaint(veil());
        canvas.fill(new Rectangle2D.Double(x - 2, y - letters.getHeight() / 2.0, width + 4, letters.getHeight()));
        canvas.setStroke(new BasicStroke(1));
        canvas.setPaint(Ink.AXIS.color());
        canvas.draw(new Line2D.Double(across(axis) - GAP / 2.0, y, across(axis) + GAP / 2.0, y));
        canvas.setPaint(Ink.SOFT.color());
        canvas.drawString(tick.label(), (float) x, (float) (y + letters.getAscent() / 2.0 - 1));
    }

    private static Color veil() {
        Color paper = Ink.PAPER.color();
        return new Color(paper.getRed(), paper.getGreen(), paper.getBlue(), VEIL);
    }
}
