package io.vae4j.spark.inference;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Values;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * How rows become the examples that a model takes.
 *
 * @param reader of their values
 * @param labels reads their classes; none where the model is given none
 * @param event the shape of an example
 */
@SuppressWarnings("ArrayRecordComponent") // serializable, as DJL's shape is not
record ExampleForm(ExampleReader reader, List<LabelReader> labels, long... event) implements Serializable {

    private static final long BYTES_AT_ONCE = 16 << 20;
    private static final long MOST_AT_ONCE = 500;

    /** How many rows are held at a time. */
    int rowsAtOnce() {
        return Math.toIntExact(Math.max(1, Math.min(MOST_AT_ONCE, BYTES_AT_ONCE / rowBytes())));
    }

    private int rowBytes() {
        return Math.toIntExact(
                Math.multiplyExact(new Shape(event).size(), reader.storage().width()));
    }

    /**
     * The examples at all places of a chunk; where its rows are elsewhere, one that is here stands in for them.
     *
     * @throws InvalidInput if a row holds none, or another one than the model takes
     */
    Examples of(RowChunk chunk) {
        int width = rowBytes();
        ByteBuffer all =
                ByteBuffer.allocate(Math.multiplyExact(chunk.count(), width)).order(ByteOrder.nativeOrder());
        int[] classes = new int[chunk.count()];
        int filled = 0;
        for (PlacedRow row : chunk.rows()) {
            int place = chunk.placeOf(row);
            read(row, all.position(place * width), classes, place);
            // behind the row before, and in front of the first one
            for (int gap = filled; gap < place; gap++) {
                copy(all, place, gap, width, classes);
            }
            filled = place + 1;
        }
        for (int gap = filled; gap < chunk.count(); gap++) {
            copy(all, filled - 1, gap, width, classes);
        }
        return new Examples(values(all.rewind(), chunk.count()), labels(classes));
    }

    private void read(PlacedRow row, ByteBuffer into, int[] classes, int place) {
        try {
            reader.read(row.row(), into);
            for (LabelReader label : labels) {
                classes[place] = label.read(row.row());
            }
        } catch (InvalidInput e) {
            throw e.at(e.where() + ", row " + row.place());
        }
    }

    private static void copy(ByteBuffer all, int from, int to, int width, int... classes) {
        all.put(to * width, all, from * width, width);
        classes[to] = classes[from];
    }

    private Values values(ByteBuffer all, int count) {
        return reader.storage().values(all, count, new Shape(event));
    }

    private Labels labels(int... classes) {
        return labels.isEmpty()
                ? Labels.none()
                : new Labels.Classes(labels.get(0).classes(), classes);
    }

    /** What is known of some examples, to hold it against a recipe. */
    static DataSummary summary(Examples examples, List<String> classes) {
        return new DataSummary(examples.values().event(), examples.values().support(), classes);
    }
}
