package io.vae4j.experiments.drawing;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The single images of a picture that an {@link ImageGrid} wrote. */
public final class ImageTiles {

    private final Raster picture;
    private final int channels;
    private final int height;
    private final int width;

    private ImageTiles(BufferedImage picture, Shape event) {
        this.picture = picture.getRaster();
        channels = Math.toIntExact(event.get(0));
        height = Math.toIntExact(event.get(1));
        width = Math.toIntExact(event.get(2));
    }

    /**
     * Reads a picture.
     *
     * @param event the shape of one image, [C, H, W]
     * @return empty if there is no such file, or it is no grid of such images
     */
    public static Optional<ImageTiles> read(Path file, Shape event) {
        try {
            return Optional.ofNullable(ImageIO.read(file.toFile()))
                    .map(picture -> new ImageTiles(picture, event))
                    .filter(ImageTiles::fit);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean fit() {
        int across = picture.getWidth() - ImageGrid.GAP;
        int down = picture.getHeight() - ImageGrid.GAP;
        return picture.getNumBands() >= channels
                && across > 0
                && down > 0
                && across % (width + ImageGrid.GAP) == 0
                && down % (height + ImageGrid.GAP) == 0;
    }

    /** Images in a row. */
    public int columns() {
        return (picture.getWidth() - ImageGrid.GAP) / (width + ImageGrid.GAP);
    }

    /** Places for images; the last ones may be empty. */
    public int count() {
        return columns() * ((picture.getHeight() - ImageGrid.GAP) / (height + ImageGrid.GAP));
    }

    /** The levels of one of them from 0 to 1, [C, H, W] in row-major order. */
    public float[] image(int place) {
        int left = ImageGrid.GAP + place % columns() * (width + ImageGrid.GAP);
        int top = ImageGrid.GAP + place / columns() * (height + ImageGrid.GAP);
        float[] levels = new float[channels * height * width];
        for (int channel = 0; channel < channels; channel++) {
            float[] plane = picture.getSamples(left, top, width, height, channel, new float[height * width]);
            for (int p = 0; p < plane.length; p++) {
                levels[channel * plane.length + p] = plane[p] / 255;
            }
        }
        return levels;
    }
}
