package io.vae4j.experiments.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVRecord;

/** What was read of a table so far. */
final class CsvRows {

    /** For how many bytes of rows room is asked for at once. */
    private static final long AT_ONCE = 1 << 20;

    private static final int ROW_OVERHEAD = 24;
    /** Of a text and its place in a map. */
    private static final int LABEL_OVERHEAD = 100;

    private final String name;
    private final HeapRoom room;
    private final CsvHeader header;
    private final int[] numbers;
    private final Optional<Integer> label;
    private final List<double[]> rows = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final Map<String, String> classes = new HashMap<>();
    private Optional<CsvTable.Gap> gap = Optional.empty();
    private Optional<CsvTable.Gap> unlabeled = Optional.empty();

    /**
     * @param name of the file
     * @param room what they may take
     * @param numbers the places of the columns of numbers
     * @param label that of the column of classes
     */
    CsvRows(String name, HeapRoom room, CsvHeader header, int[] numbers, Optional<Integer> label) {
        this.name = name;
        this.room = room;
        this.header = header;
        this.numbers = numbers;
        this.label = label;
    }

    void add(CSVRecord cells, long line) throws WrongFile {
        int columns = header.names().size();
        if (columns > 1 && cells.size() == 1 && cells.get(0).isEmpty()) {
            return; // a blank line; in a table of one column it is an empty cell
        }
        if (cells.size() != columns) {
            throw new WrongFile(
                    "has " + cells.size() + " cells in line " + line + " and " + columns + " in its header",
                    "give each row as many cells as there are columns");
        }
        take(line);
        double[] row = new double[numbers.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = number(cells.get(numbers[i]), line, header.names().get(numbers[i]));
        }
        rows.add(row);
        if (label.isPresent()) {
            labels.add(label(cells.get(label.get()), line));
        }
    }

    private void take(long line) throws WrongFile {
        long row = ROW_OVERHEAD + (long) numbers.length * Double.BYTES;
        long atOnce = Math.max(1, AT_ONCE / row);
        if (rows.size() % atOnce != 0) {
            return;
        }
        taken(atOnce * row, line);
    }

    private void taken(long bytes, long line) throws WrongFile {
        try {
            room.take(bytes);
        } catch (WrongFile e) {
            throw e.after("from line " + line + " on");
        }
    }

    private double number(String cell, long line, String column) throws WrongFile {
        OptionalDouble number = CsvNumber.of(cell);
        if (number.isPresent()) {
            return number.getAsDouble();
        }
        if (!CsvNumber.isMissing(cell)) {
            throw CsvNumber.fault(cell, line, column);
        }
        gap = CsvTable.Gap.further(gap, line, column);
        return Double.NaN;
    }

    /** Kept once for all rows that have it: text that is no class may be as long as a row. */
    private String label(String cell, long line) throws WrongFile {
        if (cell.isEmpty()) {
            unlabeled = CsvTable.Gap.further(unlabeled, line, header.names().get(label.orElseThrow()));
        }
        String known = classes.putIfAbsent(cell, cell);
        if (known == null) {
            taken(LABEL_OVERHEAD + (long) cell.length() * Character.BYTES, line);
        }
        return known == null ? cell : known;
    }

    CsvTable table(String sha256) throws WrongFile {
        if (rows.isEmpty()) {
            throw new WrongFile("has a header and no row below it", "add rows of numbers");
        }
        List<String> names = new ArrayList<>();
        for (int place : numbers) {
            names.add(header.names().get(place));
        }
        return new CsvTable(name, names, rows, label.map(place -> labels), gap, unlabeled, sha256);
    }
}
