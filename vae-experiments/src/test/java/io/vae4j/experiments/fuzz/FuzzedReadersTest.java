package io.vae4j.experiments.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzedReadersTest {

    static List<String> names() throws IOException {
        return FuzzedReaders.all().stream().map(FuzzedReader::name).toList();
    }

    @Test
    void noTwoReadersHaveOneName() throws IOException {
        assertThat(names()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aReaderAcceptsItsSeedsAndTakesAnEmptyFileAndACutOneInOneWayOrTheOther(String name, @TempDir Path folder)
            throws IOException {
        FuzzedReader reader = FuzzedReaders.named(name);
        MeasuredReader measured = new MeasuredReader(reader, folder);

        for (byte[] seed : reader.seeds()) {
            measured.read(seed.clone());
        }

        assertThat(measured.tally().accepted()).isEqualTo(reader.seeds().size());
        measured.read(new byte[0]);
        byte[] first = reader.seeds().get(0);
        measured.read(Arrays.copyOf(first, first.length / 2));
        assertThat(measured.tally().accepted() + measured.tally().refused())
                .isEqualTo(reader.seeds().size() + 2);
    }
}
