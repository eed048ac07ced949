package io.vae4j.experiments.figure;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.drawing.ImageGrid;
import io.vae4j.experiments.drawing.ImagePanel;
import java.util.ArrayList;
import java.util.List;

/** Images that a figure collects row by row, each row with its name and of equally many images. */
final class ImageRows {

    private final Shape event;
    private final List<String> names = new ArrayList<>();
    private final List<float[]> rows = new ArrayList<>();

    /** @param event the shape of one image, [C, H, W] */
    ImageRows(Shape event) {
        this.event = event;
    }

    /**
     * Adds a row.
     *
     * @param images from the left, each one image or several in row-major order
     */
    void add(String name, float[]... images) {
        names.add(name);
        rows.add(joined(List.of(images)));
    }

    /** One below the other. */
    ImagePanel panel(String title, String description, List<String> columns) {
        int across = (int) (rows.get(0).length / event.size());
        return new ImagePanel(title, description, ImageGrid.of(joined(rows), event, across), names, columns);
    }

    private static float[] joined(List<float[]> parts) {
        float[] joined = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
