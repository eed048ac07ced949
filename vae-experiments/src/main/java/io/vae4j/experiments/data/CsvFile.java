package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of comma-separated values, which nobody vouches for.
 *
 * @param path the file
 * @param room what its numbers may take
 */
record CsvFile(Path path, HeapRoom room) {

    /** For how many bytes of rows room is asked for at once. */
    private static final long AT_ONCE = 1 << 20;

    private static final int ROW_OVERHEAD = 24;

    /** Which columns are read. */
    sealed interface Choice {

        /** The places of those of numbers. */
        int[] numbers(CsvHeader header) throws WrongFile;

        /** The name of the one of classes. */
        Optional<String> labels();
    }

    /** Every column is one of numbers, but the one of classes. */
    record AllColumns(Optional<String> labels) implements Choice {

        @Override
        public int[] numbers(CsvHeader header) throws WrongFile {
            return header.numbers(labels);
        }
    }

    /** The columns that a run was trained on, wherever they are in the file. */
    record ColumnsOfRun(TableForm form, Consumer<String> progress) implements Choice {

        @Override
        public int[] numbers(CsvHeader header) throws WrongFile {
            int[] numbers = header.numbers(form.columns());
            List<String> others = new ArrayList<>(header.names());
            others.removeAll(form.columns());
            form.labels().ifPresent(others::remove);
            if (!others.isEmpty()) {
                progress.accept(
                        "not read, since the run has no such column: " + Reason.line(String.join(", ", others)));
            }
            return numbers;
        }

        @Override
        public Optional<String> labels() {
            return form.labels();
        }
    }

    private String name() {
        return String.valueOf(path.getFileName());
    }

    /** How the columns are separated, for people. */
    String separated() throws IOException {
        return switch (new CsvText(path).separator()) {
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            default -> "commas";
        };
    }

    /** The names of its columns. */
    CsvHeader header() throws IOException {
        return opened((text, parser, digest) -> header(parser.iterator()));
    }

    /** Its rows; the file is read once, and the checksum is of what was read. */
    CsvTable table(Choice choice) throws IOException {
        return opened((text, parser, digest) -> table(choice, text, parser, digest));
    }

    private interface Look<T> {
        T at(CsvText.Rows text, CSVParser parser, MessageDigest digest) throws IOException;
    }

    private <T> T opened(Look<T> look) throws IOException {
        CsvText file = new CsvText(path);
        MessageDigest digest = Sha256.digest();
        try (CsvText.Rows text = file.rows(digest);
                CSVParser parser = CSVParser.builder()
                        .setReader(text)
                        .setFormat(CsvText.format(file.separator()))
                        .get()) {
            try {
                return look.at(text, parser, digest);
            } catch (UncheckedIOException e) {
                throw explained(Objects.requireNonNull(e.getCause()), parser);
            } catch (IOException e) {
                throw explained(e, parser);
            }
        }
    }

    private IOException explained(IOException fault, CSVParser parser) {
        if (fault instanceof WrongFile wrong) {
            return wrong.after(name());
        }
        String near = " after line " + parser.getCurrentLineNumber();
        if (fault instanceof CharacterCodingException) {
            return new WrongFile(name() + " is no UTF-8 text" + near, "save it as UTF-8");
        }
        return fault instanceof CSVException || fault.getClass() == IOException.class
                ? new WrongFile(
                        name() + " is not well formed" + near + ": " + fault.getMessage(),
                        "close each quote, and double those within a cell")
                : fault;
    }

    private static CsvHeader header(Iterator<CSVRecord> records) throws IOException {
        if (!records.hasNext()) {
            throw new WrongFile("is empty", "begin it with a line that names each column once");
        }
        return CsvHeader.of(records.next().toList());
    }

    private CsvTable table(Choice choice, CsvText.Rows text, CSVParser parser, MessageDigest digest)
            throws IOException {
        Iterator<CSVRecord> records = parser.iterator();
        CsvHeader header = header(records);
        Rows rows = new Rows(header, choice.numbers(header), choice.labels().flatMap(header::place));
        long line = parser.getCurrentLineNumber() + 1;
        while (records.hasNext()) {
            text.next();
            rows.add(records.next(), line);
            line = parser.getCurrentLineNumber() + 1;
        }
        return rows.table(HexFormat.of().formatHex(digest.digest()));
    }

    /** What was read so far. */
    private final class Rows {
        private final CsvHeader header;
        private final int[] numbers;
        private final Optional<Integer> label;
        private final List<double[]> rows = new ArrayList<>();
        private final List<String> labels = new ArrayList<>();
        private long gaps;
        private Optional<CsvTable.Gap> first = Optional.empty();

        Rows(CsvHeader header, int[] numbers, Optional<Integer> label) {
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
            label.ifPresent(place -> labels.add(label(cells.get(place), line)));
        }

        private void take(long line) throws WrongFile {
            long row = ROW_OVERHEAD + (long) numbers.length * Double.BYTES;
            long atOnce = Math.max(1, AT_ONCE / row);
            if (rows.size() % atOnce != 0) {
                return;
            }
            try {
                room.take(atOnce * row);
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
            gaps++;
            first = first.or(() -> Optional.of(new CsvTable.Gap(1, line, column)));
            return Double.NaN;
        }

        private String label(String cell, long line) {
            if (cell.isEmpty()) {
                gaps++;
                first = first.or(() ->
                        Optional.of(new CsvTable.Gap(1, line, header.names().get(label.orElseThrow()))));
            }
            return cell;
        }

        CsvTable table(String sha256) throws WrongFile {
            if (rows.isEmpty()) {
                throw new WrongFile("has a header and no row below it", "add rows of numbers");
            }
            List<String> names = new ArrayList<>();
            for (int place : numbers) {
                names.add(header.names().get(place));
            }
            return new CsvTable(
                    name(),
                    names,
                    rows,
                    label.map(place -> labels),
                    first.map(gap -> new CsvTable.Gap(gaps, gap.line(), gap.column())),
                    sha256);
        }
    }
}
