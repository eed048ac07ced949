package io.vae4j.experiments.drawing;

import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/**
 * Images side by side, with names for rows and columns where they have some.
 *
 * @param rows names from the top, for as many rows as there are names
 * @param columns names from the left, likewise
 */
public record ImagePanel(String title, String description, ImageGrid grid, List<String> rows, List<String> columns)
        implements Panel {

    /** Narrower grids are enlarged by a whole factor, so that their pixels stay squares. */
    private static final int COMFORTABLE = 280;

    private static final int GAP = 6;

    public ImagePanel {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
    }

    /** Images without names. */
    public ImagePanel(String title, String description, ImageGrid grid) {
        this(title, description, grid, List.of(), List.of());
    }

    private int factor() {
        return Math.max(1, COMFORTABLE / grid.width());
    }

    private int left(FontMetrics letters) {
        return rows.isEmpty()
                ? 0
                : GAP + rows.stream().mapToInt(letters::stringWidth).max().orElse(0);
    }

    private int top(FontMetrics letters) {
        return columns.isEmpty() ? 0 : letters.getHeight() + GAP / 2;
    }

    @Override
    public Dimension size() {
        FontMetrics letters = ChartStyle.measuring().getFontMetrics(ChartStyle.FONT);
        return new Dimension(left(letters) + factor() * grid.width(), top(letters) + factor() * grid.height());
    }

    @Override
    public void paint(Graphics2D canvas) {
        canvas.setFont(ChartStyle.FONT);
        canvas.setPaint(Ink.SOFT.color());
        FontMetrics letters = canvas.getFontMetrics();
        int left = left(letters);
        int top = top(letters);
        double across = (double) factor() * grid.width() / grid.columns();
        double down = (double) factor() * grid.height() / grid.rows();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            double middle = left + (i + 0.5) * across;
            canvas.drawString(name, (float) (middle - letters.stringWidth(name) / 2.0), letters.getAscent());
        }
        for (int i = 0; i < rows.size(); i++) {
            String name = rows.get(i);
            double middle = top + (i + 0.5) * down + letters.getAscent() / 2.0 - 1;
            canvas.drawString(name, (float) (left - GAP - letters.stringWidth(name)), (float) middle);
        }
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        canvas.drawImage(grid.picture(), left, top, factor() * grid.width(), factor() * grid.height(), null);
    }
}
