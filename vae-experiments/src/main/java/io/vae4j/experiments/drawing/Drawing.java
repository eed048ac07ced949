package io.vae4j.experiments.drawing;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A figure: panels under their titles, side by side.
 *
 * @param title what it shows, in a few words
 * @param caption what is to be seen, in a sentence or two, with its numbers
 * @param panels from left to right, then from top to bottom
 * @param columns how many panels a row has at most
 */
public record Drawing(String title, String caption, List<Panel> panels, int columns) {

    private static final int MARGIN = 20;
    private static final int TITLE = 24;
    private static final double PIXELS_PER_POINT = 2;
    private static final Font BOLD = ChartStyle.FONT.deriveFont(Font.BOLD);

    /** @throws IllegalArgumentException if there is no panel or no column */
    public Drawing {
        panels = List.copyOf(panels);
        if (panels.isEmpty() || columns < 1) {
            throw new IllegalArgumentException(panels.size() + " panels in " + columns + " columns are no drawing");
        }
    }

    /** Panels in rows of up to three. */
    public Drawing(String title, String caption, List<? extends Panel> panels) {
        this(title, caption, List.copyOf(panels), Math.min(3, panels.size()));
    }

    /** The whole as an SVG document. */
    public String svg() {
        return Svg.document(size(), title, caption, this::paint);
    }

    /** One of its panels as an SVG document. */
    public String svg(Panel panel) {
        return Svg.document(panel.size(), panel.title(), panel.description(), panel::paint);
    }

    /** The whole as a PNG, of two pixels a point. */
    public byte[] png() {
        Dimension size = size();
        BufferedImage image = new BufferedImage(
                (int) (PIXELS_PER_POINT * size.width),
                (int) (PIXELS_PER_POINT * size.height),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.scale(PIXELS_PER_POINT, PIXELS_PER_POINT);
        paint(canvas);
        canvas.dispose();
        return Png.of(image);
    }

    private int across() {
        return Math.min(columns, panels.size());
    }

    private int rows() {
        return (panels.size() + across() - 1) / across();
    }

    private int width(int column) {
        FontMetrics letters = ChartStyle.measuring().getFontMetrics(BOLD);
        int width = 0;
        for (int i = column; i < panels.size(); i += across()) {
            Panel panel = panels.get(i);
            width = Math.max(width, Math.max(panel.size().width, letters.stringWidth(panel.title())));
        }
        return width;
    }

    private int height(int row) {
        int height = 0;
        for (int i = row * across(); i < Math.min(panels.size(), (row + 1) * across()); i++) {
            height = Math.max(height, panels.get(i).size().height);
        }
        return TITLE + height;
    }

    private Dimension size() {
        int width = MARGIN;
        for (int column = 0; column < across(); column++) {
            width += width(column) + MARGIN;
        }
        int height = MARGIN;
        for (int row = 0; row < rows(); row++) {
            height += height(row) + MARGIN;
        }
        return new Dimension(width, height);
    }

    private void paint(Graphics2D canvas) {
        Dimension size = size();
        canvas.setPaint(Ink.PAPER.color());
        canvas.fillRect(0, 0, size.width, size.height);
        int top = MARGIN;
        for (int row = 0; row < rows(); row++) {
            int left = MARGIN;
            for (int column = 0; column < across() && row * across() + column < panels.size(); column++) {
                paint(canvas, panels.get(row * across() + column), left, top);
                left += width(column) + MARGIN;
            }
            top += height(row) + MARGIN;
        }
    }

    private static void paint(Graphics2D canvas, Panel panel, int left, int top) {
        canvas.setFont(BOLD);
        canvas.setPaint(Ink.INK.color());
        canvas.drawString(panel.title(), left, top + canvas.getFontMetrics().getAscent());
        Graphics2D own = (Graphics2D) canvas.create();
        own.translate(left, top + TITLE);
        panel.paint(own);
        own.dispose();
    }
}
