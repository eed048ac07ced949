package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands say of clusters where the module that knows them is not on the class path. */
class ClusterOptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "score run --master local --data in --out out.parquet  | the module for Spark is not on the class path (--master)",
                "encode run --master local --data in --out out.parquet | the module for Spark is not on the class path",
                "evaluate run --master local --data in --out out       | the module for Spark is not on the class path",
                "score run --master local --data in --out a.csv --outliers 3 | --outliers does not go with --master",
                "evaluate run --master local --data in --out out --with ais | --with does not go with --master",
                "evaluate run --master local --data in                 | --out is missing",
                "score run --master local --out out.parquet            | --data is missing",
                "evaluate one two --master local --data in --out out   | 2 values of RUN",
                "score run --master local --data in --out out.parquet --examples 0 | --examples is 0",
                "encode run --column pixels --out z.npz                | are of a table on a cluster",
            })
    void wrongInputIsOneLineAndExitCodeTwo(String arguments, String told) {
        CommandOutcome outcome = CommandOutcome.of(arguments);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1).allMatch(line -> line.contains(told));
    }
}
