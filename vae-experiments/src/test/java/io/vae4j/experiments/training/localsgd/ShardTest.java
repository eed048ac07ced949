package io.vae4j.experiments.training.localsgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.training.Shuffle;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

    @ParameterizedTest
    @CsvSource({"200, 1", "200, 3", "201, 4", "7, 7", "1000, 16"})
    void shardsHoldEveryExampleOnceAndDifferInSizeByAtMostOne(int examples, int workers) {
        long[] order = Shuffle.of(3, 5, examples);
        List<long[]> shards = IntStream.range(0, workers)
                .mapToObj(worker -> new Shard(worker, workers).of(order))
                .toList();

        assertThat(shards.stream().flatMapToLong(Arrays::stream).sorted())
                .containsExactlyElementsOf(LongStream.range(0, examples).boxed().toList());
        assertThat(shards)
                .allMatch(shard -> shard.length == examples / workers || shard.length == examples / workers + 1);
        for (int worker = 0; worker < workers; worker++) {
            assertThat(shards.get(worker)).hasSize(new Shard(worker, workers).size(examples));
        }
    }

    /** That is what makes one average after each step the step of a large batch. */
    @Test
    void whatWorkersSeeAtTheSameTimeIsABatchOfTheWholeOrder() {
        long[] order = Shuffle.of(0, 1, 48);
        int batch = 4;
        for (int step = 0; step < 4; step++) {
            Set<Long> together = new HashSet<>();
            for (int worker = 0; worker < 3; worker++) {
                long[] shard = new Shard(worker, 3).of(order);
                Arrays.stream(shard, step * batch, (step + 1) * batch).forEach(together::add);
            }
            assertThat(together)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(order, step * 12, (step + 1) * 12)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void noTwoStepsOfAnyWorkersHaveOneNumber() {
        Set<Long> seen = new HashSet<>();
        for (int worker = 0; worker < 5; worker++) {
            for (int step = 0; step < 20; step++) {
                assertThat(seen.add(new Shard(worker, 5).ordinal(step))).isTrue();
            }
        }
        assertThat(Shard.WHOLE.ordinal(17)).isEqualTo(17);
    }

    @Test
    void aWorkerThatThereIsNotHasNoShard() {
        assertThatThrownBy(() -> new Shard(2, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
