package io.vae4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidInputTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a \r\n\r\n b", "a\u001b\u0007b", "a\u0000 b", "a\u009bb", "a\u2028b", "a\tb"})
    void aMessageIsOneLineWithoutATerminalsCommandsWhateverItQuotes(String quoted) {
        InvalidInput fault = new InvalidInput("it says " + quoted, quoted, quoted);

        assertThat(fault).hasMessage("it says a b (a b); a b");
        assertThat(fault.what()).isEqualTo("it says a b");
    }
}
