package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoizedTest {

    @Test
    void computesOnceAndOnlyWhenAsked() {
        AtomicInteger calls = new AtomicInteger();
        Memoized<Integer> lazy = Memoized.of(calls::incrementAndGet);

        assertThat(calls).hasValue(0);
        assertThat(lazy.get()).isEqualTo(1);
        assertThat(lazy.get()).isEqualTo(1);
    }
}
