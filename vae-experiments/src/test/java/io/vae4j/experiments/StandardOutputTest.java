package io.vae4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What becomes of answers that nobody takes. */
class StandardOutputTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aFullDiskIsOneLineAndExitCodeOne() {
        assertThat(exitCode(0, "No space left on device")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("vae: standard output cannot be written: No space left on device");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFault() {
        assertThat(exitCode(0, "Broken pipe")).isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void aCommandThatFailedKeepsItsExitCode() {
        assertThat(exitCode(2, "No space left on device")).isEqualTo(2);
    }

    private int exitCode(int code, String reason) {
        StandardOutput output = new StandardOutput(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(reason);
            }
        });
        PrintStream printing = new PrintStream(output, true, StandardCharsets.UTF_8);
        printing.println("an answer");
        return output.exitCode(code, new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
