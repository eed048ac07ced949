package io.vae4j.experiments.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Objects;
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
    CsvTable table(CsvColumns choice) throws IOException {
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

    private CsvTable table(CsvColumns choice, CsvText.Rows text, CSVParser parser, MessageDigest digest)
            throws IOException {
        Iterator<CSVRecord> records = parser.iterator();
        CsvHeader header = header(records);
        CsvRows rows = new CsvRows(
                name(), room, header, choice.numbers(header), choice.labels().flatMap(header::place));
        long line = parser.getCurrentLineNumber() + 1;
        while (records.hasNext()) {
            text.next();
            rows.add(records.next(), line);
            line = parser.getCurrentLineNumber() + 1;
        }
        return rows.table(HexFormat.of().formatHex(digest.digest()));
    }
}
