package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class CodeUsageTest extends QuantizedTest {

    @Test
    void shareAndPerplexityAreThoseByHand() {
        try (CodeUsage usage = new CodeUsage(manager, 5)) {
            usage.add(codes(new Shape(1, 2, 2, 2), 0, 0, 0, 0, 1, 1, 4, 4));

            assertThat(usage.counts()).containsExactly(4, 2, 0, 0, 2);
            assertThat(usage.share()).isEqualTo(0.6);
            // the entropy of (1/2, 1/4, 1/4) is 1.5 bits
            assertThat(usage.perplexity()).isCloseTo(Math.pow(2, 1.5), within(1e-12));
        }
    }

    @Test
    void thePerplexityOfAPassIsNotTheMeanOfItsBatches() {
        try (CodeUsage whole = new CodeUsage(manager, 4);
                CodeUsage batches = new CodeUsage(manager, 4)) {
            whole.add(codes(new Shape(8), 0, 0, 1, 1, 2, 2, 3, 3));
            for (long code = 0; code < 4; code++) {
                batches.add(codes(new Shape(2), code, code));
            }

            // each batch alone has perplexity 1
            assertThat(batches.perplexity()).isCloseTo(4, within(1e-12)).isEqualTo(whole.perplexity());
            assertThat(batches.counts()).containsExactly(2, 2, 2, 2);
        }
    }

    @Test
    void nothingCountedHasNoPerplexity() {
        try (CodeUsage usage = new CodeUsage(manager, 4)) {
            assertThat(usage.share()).isZero();
            assertThatThrownBy(usage::perplexity).hasMessageContaining("no codes were counted");
        }
    }
}
