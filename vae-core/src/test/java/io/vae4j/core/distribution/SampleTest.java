package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Memoized;
import org.junit.jupiter.api.Test;

class SampleTest extends EngineTest {

    @Test
    void aPointMassHasAValueAndNoDensity() {
        NDArray value = array(1, 2);
        Sample draw = Sample.of(value);

        assertThat(draw.value()).isSameAs(value);
        assertThat(draw.logProb()).isEmpty();
        assertThat(draw.codes()).isEmpty();
    }

    @Test
    void aContinuousDrawKeepsItsDensityUntilItIsAskedFor() {
        NDArray value = array(1, 2);
        NDArray logProb = array(-3);
        Sample draw = Sample.of(value, Memoized.of(() -> logProb));

        assertThat(draw.value()).isSameAs(value);
        assertThat(draw.logProb().orElseThrow().get()).isSameAs(logProb);
        assertThat(draw.codes()).isEmpty();
    }

    @Test
    void drawsStandInFrontOfTheBatch() {
        NDArray one = manager.zeros(new Shape(1, 3, 2));
        NDArray four = manager.zeros(new Shape(4, 3, 2));

        assertThat(Sample.shape(one, 5)).isEqualTo(new Shape(5, 3, 2));
        assertThat(Sample.shape(one, 1)).isEqualTo(new Shape(1, 3, 2));
        assertThat(Sample.shape(four, 1)).isEqualTo(new Shape(4, 3, 2));
        assertThat(one.getShape()).isEqualTo(new Shape(1, 3, 2));
    }

    @Test
    void moreSamplesOfSamplesAndNoSamplesAreRefused() {
        NDArray four = manager.zeros(new Shape(4, 3, 2));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.shape(four, 2))
                .withMessageContainingAll("already hold 4", "2 more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.shape(four, 0))
                .withMessageContaining("0 samples");
    }
}
