package io.vae4j.experiments.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.fuzz.MeasuredReader.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzingTest {

    private static final long INPUTS = 10_000;

    @Test
    void whateverAFileHoldsItIsReadOrRefusedInALine(@TempDir Path folder) throws IOException, InterruptedException {
        FuzzingProcess process = new FuzzingProcess(FuzzedReaders.all(), INPUTS, 1, folder);

        FuzzingProcess.Outcome outcome = process.run();

        assertThat(outcome.findings()).isEmpty();
        assertThat(outcome.tallies()).hasSameSizeAs(process.readers());
        List<Tally> tallies = outcome.tallies();
        assertThat(tallies).allMatch(tally -> tally.accepted() > 0);
    }
}
