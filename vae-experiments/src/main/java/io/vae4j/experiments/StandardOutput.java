package io.vae4j.experiments;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/**
 * The process's standard output, which remembers that it could not be written: Java's own forgets why. A reader that
 * has seen enough, such as {@code head -1}, is no fault.
 */
final class StandardOutput extends FilterOutputStream {

    private Optional<IOException> fault = Optional.empty();

    StandardOutput(OutputStream to) {
        super(to);
    }

    /** Takes the place of Java's own. */
    static StandardOutput install() {
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(output, true, charset()));
        return output;
    }

    /** As Java decides it, who does not tell before version 18. */
    private static Charset charset() {
        String named = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
        return named.isEmpty() ? Charset.defaultCharset() : Charset.forName(named);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            fault = fault.or(() -> Optional.of(e));
            throw e;
        }
    }

    /**
     * The exit code of a command that has ended.
     *
     * @param code its own
     * @param err is told, in one line, that answers were lost
     */
    int exitCode(int code, PrintStream err) {
        Optional<String> lost = fault.map(e -> String.valueOf(e.getMessage()))
                .filter(reason -> !reason.toLowerCase(Locale.ROOT).contains("pipe"));
        lost.ifPresent(reason -> err.println("vae: standard output cannot be written: " + reason
                + "; what was to be written to files is there, send the answers elsewhere"));
        return lost.isPresent() && code == 0 ? 1 : code;
    }
}
