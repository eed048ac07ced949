package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code vae gradients} says to input that it cannot serve. */
class GradientsCommandTest {

    @ParameterizedTest
    @CsvSource({
        "gradients no-such-run, no-such-run",
        "gradients --samples 0, --samples is 0",
        "gradients --samples 1;0, --samples is 0",
        "gradients --repeats 1, --repeats is 1",
        "gradients --images 0, --images is 0",
        "gradients --device toaster, toaster",
        "gradients --samples many, many"
    })
    void wrongInputIsOneLineAndExitCodeTwo(String line, String named) {
        String[] arguments = line.replace(';', ',').split(" ", -1);

        assertThat(refusal(arguments)).startsWith("vae: ").contains(named).hasLineCount(1);
    }

    @Test
    void aFolderThatIsNoRunIsRefused(@TempDir Path folder) {
        assertThat(refusal("gradients", folder.toString())).contains(folder.toString());
        assertThat(refusal("gradients", folder.toString(), "--seed", "3")).contains("its own recipe and seed");
        assertThat(refusal("gradients", folder.toString(), "--set", "model.latent=2"))
                .contains("its own recipe and seed");
    }

    /** What standard error holds after exit code 2. */
    private static String refusal(String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (PrintStream capture = new PrintStream(written, true, StandardCharsets.UTF_8)) {
            System.setErr(capture);
            assertThat(VaeCommand.run(arguments)).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        return written.toString(StandardCharsets.UTF_8);
    }
}
