package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes examples of the rows of a table.
 *
 * @param form of the columns; where it is empty, numbers are taken as they are
 * @param classes that the labels are among; none where no labels are wanted
 * @param room what the examples may take
 */
record TableExamples(Optional<TableForm> form, ClassNames classes, HeapRoom room) {

    /** The rows as examples; an empty cell is 0, which after standardizing is the mean of its column. */
    IncompleteExamples of(CsvTable table) throws WrongFile {
        int[] places = places(table.columns());
        int count = table.rows().size();
        ByteBuffer floats = ByteBuffer.allocate(taken(table, (long) count * places.length * Float.BYTES))
                .order(ByteOrder.nativeOrder());
        BitSet missing = new BitSet();
        for (double[] row : table.rows()) {
            for (int column = 0; column < places.length; column++) {
                double value = row[places[column]];
                if (Double.isNaN(value)) {
                    missing.set(floats.position() / Float.BYTES);
                }
                floats.putFloat(Double.isNaN(value) ? 0 : seen(column, value));
            }
        }
        Values values = Values.ofStoredFloats(floats.flip(), count, new Shape(places.length));
        return new IncompleteExamples(
                new Examples(values, classes.labels(table.labels().orElse(List.of()))), missing);
    }

    private int[] places(List<String> columns) {
        Map<String, Integer> places = new HashMap<>();
        columns.forEach(name -> places.put(name, places.size()));
        return form.map(known -> known.columns().stream()
                        .mapToInt(name -> Objects.requireNonNull(places.get(name)))
                        .toArray())
                .orElseGet(() -> IntStream.range(0, columns.size()).toArray());
    }

    private float seen(int column, double value) {
        return (float) form.map(known -> known.standardized(column, value))
                .orElse(value)
                .doubleValue();
    }

    private int taken(CsvTable table, long bytes) throws WrongFile {
        try {
            return room.take(bytes);
        } catch (WrongFile e) {
            throw e.after("the table " + table.name());
        }
    }
}
