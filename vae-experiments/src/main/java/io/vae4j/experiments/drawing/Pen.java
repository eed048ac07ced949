package io.vae4j.experiments.drawing;

import java.awt.BasicStroke;
import java.util.List;

/**
 * How a line looks.
 *
 * @param dashes the lengths of dashes and of the gaps between them; none for a solid line
 */
public record Pen(Ink ink, List<Float> dashes) {

    public static final Pen TRAIN = new Pen(Ink.TRAIN, List.of(5f, 4f));
    public static final Pen VALIDATION = new Pen(Ink.VALIDATION, List.of(1f, 5f));
    public static final Pen TEST = new Pen(Ink.TEST, List.of());

    private static final List<Ink> RUNS = List.of(Ink.RUN0, Ink.RUN1, Ink.RUN2, Ink.RUN3, Ink.RUN4, Ink.RUN5);
    private static final List<List<Float>> PATTERNS = List.of(List.of(), List.of(7f, 4f), List.of(1f, 5f));

    /**
     * That of the n-th of several runs, from 0; when the colors are used up they come again, dashed and then dotted.
     */
    public static Pen run(int n) {
        return new Pen(RUNS.get(n % RUNS.size()), PATTERNS.get(n / RUNS.size() % PATTERNS.size()));
    }

    public BasicStroke stroke() {
        if (dashes.isEmpty()) {
            return new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        }
        float[] lengths = new float[dashes.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = dashes.get(i);
        }
        return new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, lengths, 0);
    }
}
