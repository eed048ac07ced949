package io.vae4j.experiments.output;

import ai.djl.ndarray.NDArray;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Comma-separated values with a header, a line for each row; numbers read back as the same floats. RFC 4180 */
public final class CsvFormat implements OutputFormat {

    /** More headings than any reader of tables takes. */
    private static final long MOST_FIELDS = 100_000;

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public Optional<String> incompatibility(Contents contents) {
        long fields = contents.numbers().stream()
                .mapToLong(column -> column.row().size())
                .sum();
        return fields <= MOST_FIELDS
                ? Optional.empty()
                : Optional.of("a line would have " + fields + " fields, and " + MOST_FIELDS
                        + " are the most; give --out a name that ends in .npz");
    }

    /** A digit and a separator for each number, at least. */
    @Override
    public double room(Contents contents) {
        return contents.numbers().stream()
                .mapToDouble(column -> 2.0 * (double) column.row().size() * (double) contents.rows())
                .sum();
    }

    @Override
    public RowWriter begin(Path draft, Contents contents) throws IOException {
        return Writer.begin(draft, contents.numbers());
    }

    private record Writer(List<Column> columns, FileChannel file, CSVPrinter printer) implements RowWriter {

        static Writer begin(Path draft, List<Column> columns) throws IOException {
            FileChannel file = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            CSVPrinter printer = new CSVPrinter(
                    new BufferedWriter(Channels.newWriter(file, StandardCharsets.UTF_8)),
                    CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
            printer.printRecord(columns.stream()
                    .flatMap(column -> column.headings().stream())
                    .toList());
            return new Writer(columns, file, printer);
        }

        @Override
        public void write(Map<String, NDArray> rows) throws IOException {
            List<IntFunction<Object>> elements = new ArrayList<>();
            int count = 0;
            for (Column column : columns) {
                NDArray given = Objects.requireNonNull(rows.get(column.name()));
                elements.add(reader(column, given));
                count = Math.toIntExact(given.getShape().get(0));
            }
            for (int row = 0; row < count; row++) {
                line(row, elements);
            }
        }

        private void line(int row, List<IntFunction<Object>> elements) throws IOException {
            for (int c = 0; c < columns.size(); c++) {
                int width = Math.toIntExact(columns.get(c).row().size());
                for (int i = 0; i < width; i++) {
                    printer.print(elements.get(c).apply(row * width + i));
                }
            }
            printer.println();
        }

        /** Elements by their place, in words where they have them. */
        private static IntFunction<Object> reader(Column column, NDArray given) {
            IntFunction<Number> numbers = numbers(given);
            List<String> words = column.categories();
            return words.isEmpty()
                    ? numbers::apply
                    : place -> words.get(numbers.apply(place).intValue());
        }

        private static IntFunction<Number> numbers(NDArray given) {
            Number[] all = given.toArray();
            return place -> all[place];
        }

        @Override
        public void finish() throws IOException {
            printer.flush();
            file.force(true);
        }

        @Override
        public void close() throws IOException {
            printer.close();
        }
    }
}
