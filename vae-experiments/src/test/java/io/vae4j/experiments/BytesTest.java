package io.vae4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1440, 1.4 kB",
        "9960, 10 kB",
        "999600, 1.0 MB",
        "64e9, 64 GB",
        "6.4e12, 6.4 TB"
    })
    void amountsAreReadable(double bytes, String words) {
        assertThat(Bytes.readable(bytes)).isEqualTo(words);
    }
}
