package io.vae4j.experiments.data;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a table as a model sees them. They are kept as they stand in the file and brought into their form
 * whenever one is read, so that other rows or another form take no memory; an empty cell is 0, which after
 * standardizing is the mean of its column.
 *
 * @param rows the numbers of each, NaN where a cell is empty
 * @param places of the columns that are seen, among these numbers
 * @param form of these columns; where it is empty, numbers are taken as they are
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record TableRows(List<double[]> rows, int[] places, Optional<TableForm> form) implements Rows, Missing {

    /** Of the columns of a form, or of all where there is none. */
    static TableRows of(CsvTable table, Optional<TableForm> form) {
        Map<String, Integer> places = new HashMap<>();
        table.columns().forEach(name -> places.put(name, places.size()));
        return new TableRows(
                table.rows(),
                form.map(known -> known.columns().stream()
                                .mapToInt(name -> Objects.requireNonNull(places.get(name)))
                                .toArray())
                        .orElseGet(() -> IntStream.range(0, places.size()).toArray()),
                form);
    }

    @Override
    public int count() {
        return rows.size();
    }

    @Override
    public int width() {
        return places.length * Float.BYTES;
    }

    @Override
    public void read(int row, ByteBuffer into) {
        double[] cells = rows.get(row);
        ByteBuffer numbers = Rows.inMachineOrder(into);
        for (int column = 0; column < places.length; column++) {
            double value = cells[places[column]];
            numbers.putFloat(Double.isNaN(value) ? 0 : seen(column, value));
        }
        into.position(numbers.position());
    }

    private float seen(int column, double value) {
        return (float) (form.isPresent() ? form.get().standardized(column, value) : value);
    }

    @Override
    public boolean isMapped() {
        return false;
    }

    @Override
    public BitSet of(int example) {
        double[] cells = rows.get(example);
        return Missing.where(places.length, column -> Double.isNaN(cells[places[column]]));
    }
}
