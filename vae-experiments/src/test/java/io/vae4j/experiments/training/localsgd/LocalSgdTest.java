package io.vae4j.experiments.training.localsgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalSgdTest {

    @Test
    void roundsFollowOneAnotherAndTheLastEndsWithTheEpoch() {
        LocalSgd method = new LocalSgd(2, 4);
        List<Round> rounds = new ArrayList<>();
        for (int done = 0; done < 10; done = rounds.get(rounds.size() - 1).to()) {
            rounds.add(method.round(3, done, 10));
        }

        assertThat(rounds).containsExactly(new Round(3, 0, 4), new Round(3, 4, 8), new Round(3, 8, 10));
        assertThat(new LocalSgd(1, Integer.MAX_VALUE).round(1, 5, 10)).isEqualTo(new Round(1, 5, 10));
    }

    @ParameterizedTest
    @CsvSource({"200, 32, 1, 7", "200, 32, 3, 3", "96, 32, 3, 1", "97, 32, 3, 2"})
    void anEpochHasAsManyStepsAsTheLargestShardHasBatches(int examples, int batch, int workers, int steps) {
        assertThat(new LocalSgd(workers).stepsPerEpoch(examples, batch)).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-2, 3", "10001, 1"})
    void whatIsNoNumberOfWorkersOrStepsIsRefused(int workers, int localSteps) {
        assertThatThrownBy(() -> new LocalSgd(workers, localSteps)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneWorkerMayHaveFewerExamplesThanABatch() {
        new LocalSgd(1).requireShards(5, 32);
        new LocalSgd(2).requireShards(64, 32);

        assertThatThrownBy(() -> new LocalSgd(2).requireShards(63, 32)).hasMessageContaining("31, fewer than a batch");
    }

    @Test
    void itsWordsSayBothNumbers() {
        assertThat(new LocalSgd(1, 1)).hasToString("1 worker, 1 local step a round");
        assertThat(new LocalSgd(4, 50)).hasToString("4 workers, 50 local steps a round");
    }
}
