package io.vae4j.experiments.output;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.drawing.ImageGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One picture: the images of an example below each other in the order of the columns, examples side by side. */
public final class PngFormat implements OutputFormat {

    private static final int USUAL = 64;

    /** Of all images together, which are in memory until they are drawn. */
    private static final double MOST_NUMBERS = 64 << 20;

    /** The gray of the lines between images, where there is none. */
    private static final float EMPTY = 0x50 / 255f;

    @Override
    public String extension() {
        return "png";
    }

    @Override
    public boolean isPicture() {
        return true;
    }

    @Override
    public int usual(int rows) {
        return Math.min(rows, USUAL);
    }

    @Override
    public Optional<String> incompatibility(Contents contents) {
        if (contents.pictures().isEmpty()) {
            return Optional.of(
                    "there are no images of one or three channels in it; give --out a name that ends in .npz or .csv");
        }
        double numbers = contents.pictures().stream()
                .mapToDouble(column -> (double) contents.rows() * column.row().size())
                .sum();
        return numbers > MOST_NUMBERS
                ? Optional.of("a picture of " + contents.rows() + " examples is too large; ask for fewer, or give --out"
                        + " a name that ends in .npz")
                : Optional.empty();
    }

    /** What it takes is known when it is drawn; what is too large is refused before. */
    @Override
    public double room(Contents contents) {
        return 0;
    }

    @Override
    public RowWriter begin(Path draft, Contents contents) {
        return new Writer(draft, contents);
    }

    private static final class Writer implements RowWriter {

        private final Path draft;
        private final Contents contents;
        private final Map<String, List<float[]>> images = new LinkedHashMap<>();

        Writer(Path draft, Contents contents) {
            this.draft = draft;
            this.contents = contents;
            contents.pictures().forEach(column -> images.put(column.name(), new ArrayList<>()));
        }

        @Override
        public void write(Map<String, NDArray> rows) {
            images.forEach((name, kept) -> {
                float[] all = Objects.requireNonNull(rows.get(name)).toFloatArray();
                int size = Math.toIntExact(event().size());
                for (int from = 0; from < all.length; from += size) {
                    kept.add(Arrays.copyOfRange(all, from, from + size));
                }
            });
        }

        private Shape event() {
            return contents.pictures().get(0).row();
        }

        @Override
        public void finish() throws IOException {
            AtomicFiles.writeThrough(
                    draft, ImageGrid.of(pixels(), event(), across()).png());
        }

        private int across() {
            return (int) Math.min(contents.across(), contents.rows());
        }

        /** Blocks of examples side by side, each with a row for every column. */
        private float[] pixels() {
            int size = Math.toIntExact(event().size());
            int rows = Math.toIntExact(contents.rows());
            int blocks = (rows + across() - 1) / across();
            float[] pixels = new float[Math.multiplyExact(blocks * images.size() * across(), size)];
            Arrays.fill(pixels, EMPTY);
            int line = 0;
            for (int block = 0; block < blocks; block++) {
                for (List<float[]> column : images.values()) {
                    int last = Math.min(rows, (block + 1) * across());
                    for (int example = block * across(); example < last; example++) {
                        int place = line * across() + example % across();
                        System.arraycopy(column.get(example), 0, pixels, place * size, size);
                    }
                    line++;
                }
            }
            return pixels;
        }

        @Override
        public void close() {
            images.clear();
        }
    }
}
