package io.vae4j.experiments.data;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.commons.csv.CSVFormat;

/**
 * The text of a table, of which nobody knows how it is separated, how long its lines are and whether it is text at all.
 *
 * @param file an untrusted file
 */
record CsvText(Path file) {

    private static final String SEPARATORS = ",;\t";
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int START = 1 << 16;
    /** What is longer is no row of a table: a quote that is never closed, for instance. */
    private static final int LONGEST_ROW = 1 << 24;

    /** The character that occurs most often in the first line, a comma where none does. */
    char separator() throws IOException {
        int[] found = new int[SEPARATORS.length()];
        boolean quoted = false;
        for (char letter : start().toCharArray()) {
            quoted ^= letter == '"';
            if ((letter == '\n' || letter == '\r') && !quoted) {
                break;
            }
            int which = SEPARATORS.indexOf(letter);
            if (which >= 0 && !quoted) {
                found[which]++;
            }
        }
        int most = 0;
        for (int i = 1; i < found.length; i++) {
            most = found[i] > found[most] ? i : most;
        }
        return SEPARATORS.charAt(most);
    }

    /** Its first bytes, each as a letter: separators and line breaks are the same in every encoding that is read. */
    private String start() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(START), StandardCharsets.ISO_8859_1).stripLeading();
        }
    }

    /** How the file is written: as RFC 4180 says, and blanks around a cell are nothing. */
    static CSVFormat format(char separator) {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get();
    }

    /** Bounds what one row may take; whoever reads says when the next row begins. */
    static final class Rows extends FilterReader {
        private long left = LONGEST_ROW;
        private boolean first = true;

        Rows(Reader in) {
            super(in);
        }

        void next() {
            left = LONGEST_ROW;
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new WrongFile(
                        "has a row of more than " + LONGEST_ROW + " characters",
                        "see whether a quote is not closed, and whether the file is a table at all");
            }
            if (first && read > 0 && into[offset] == BYTE_ORDER_MARK) {
                first = false;
                System.arraycopy(into, offset + 1, into, offset, read - 1);
                return read == 1 ? read(into, offset, length) : read - 1;
            }
            first = false;
            return read;
        }
    }

    /**
     * The text from its beginning.
     *
     * @param digest told of each byte that is read
     */
    Rows rows(MessageDigest digest) throws IOException {
        return new Rows(new BufferedReader(new InputStreamReader(
                new DigestInputStream(Files.newInputStream(file), digest),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT))));
    }
}
