package io.vae4j.experiments.drawing;

import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An image and, beside it, a table of what it may show with the probability of each.
 *
 * @param image a grid of one image
 * @param rows of the table, from the top, with values from 0 to 1
 */
public record ProbabilityTable(String title, ImageGrid image, List<BarChart.Bar> rows) implements Panel {

    private static final int SIDE = 112;
    private static final int GAP = 12;
    private static final int ROW = 24;
    private static final int BAR = 5;

    /** The letters of a class's name for which there is room. */
    private static final int LONGEST = 16;

    public ProbabilityTable {
        rows = List.copyOf(rows);
    }

    @Override
    public String description() {
        return rows.stream().map(ProbabilityTable::written).collect(Collectors.joining(", "));
    }

    /** As the course writes it. */
    private static String written(BarChart.Bar row) {
        return String.format(
                Locale.ROOT, "p(y = %s|x) = %.3f", ChartStyle.shortened(row.label(), LONGEST), row.value());
    }

    @Override
    public Dimension size() {
        return new Dimension(ChartStyle.WIDTH, Math.max(SIDE, rows.size() * ROW) + GAP);
    }

    @Override
    public void paint(Graphics2D canvas) {
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        double scale = (double) SIDE / Math.max(image.height(), image.width());
        int width = (int) Math.round(scale * image.width());
        int height = (int) Math.round(scale * image.height());
        canvas.drawImage(image.picture(), 0, 0, width, height, null);
        canvas.setFont(ChartStyle.FONT);
        FontMetrics letters = canvas.getFontMetrics();
        int left = SIDE + GAP;
        int longest = ChartStyle.WIDTH - left;
        for (int i = 0; i < rows.size(); i++) {
            BarChart.Bar row = rows.get(i);
            int top = i * ROW;
            canvas.setPaint(Ink.SOFT.color());
            canvas.drawString(written(row), left, top + letters.getAscent());
            canvas.setPaint(Ink.RULE.color());
            canvas.fillRect(left, top + letters.getHeight(), longest, BAR);
            canvas.setPaint(Ink.RUN0.color());
            canvas.fillRect(left, top + letters.getHeight(), (int) Math.round(row.value() * longest), BAR);
        }
    }
}
