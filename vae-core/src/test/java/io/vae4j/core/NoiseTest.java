package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseTest extends EngineTest {

    private static final Shape SHAPE = new Shape(4, 1000);

    @Test
    void seededNoiseIsAFunctionOfSeedStepStreamAndPosition() {
        NDArray like = manager.zeros(new Shape(1));
        NDArray first = Noise.seeded(7, 3, 1).normal(SHAPE, like);
        Engine.getInstance().setRandomSeed(99);
        Noise again = Noise.seeded(7, 3, 1);

        assertThat(again.normal(SHAPE, like)).isEqualTo(first);
        assertThat(again.normal(SHAPE, like)).isNotEqualTo(first);
        assertThat(Noise.seeded(8, 3, 1).normal(SHAPE, like)).isNotEqualTo(first);
        assertThat(Noise.seeded(7, 4, 1).normal(SHAPE, like)).isNotEqualTo(first);
        assertThat(Noise.seeded(7, 3, 2).normal(SHAPE, like)).isNotEqualTo(first);
    }

    @Test
    void seededNoiseHasTheMomentsOfItsDistribution() {
        NDArray like = manager.zeros(new Shape(1));
        NDArray normal = Noise.seeded(0, 0, 0).normal(new Shape(100_000), like);
        NDArray uniform = Noise.seeded(0, 0, 1).uniform(new Shape(100_000), like);

        assertThat(normal.mean().getFloat()).isCloseTo(0f, within(0.013f));
        assertThat(normal.square().mean().getFloat()).isCloseTo(1f, within(0.018f));
        assertThat(uniform.mean().getFloat()).isCloseTo(0.5f, within(0.0037f));
        assertThat(uniform.min().getFloat()).isBetween(0f, 0.001f);
    }

    @Test
    void recordedNoiseCanBeReplayed() {
        NDArray like = manager.zeros(new Shape(1));
        RecordedNoise recorded = new RecordedNoise(Noise.engine(), manager);
        NDArray drawn = recorded.normal(new Shape(3), like);
        Noise replay = Noise.given(recorded.samples());

        assertThat(replay.normal(new Shape(3), like)).isEqualTo(drawn);
        assertThatThrownBy(() -> replay.normal(new Shape(3), like)).hasMessageContaining("used up");
    }

    @Test
    void givenNoiseOfAnotherShapeIsRefused() {
        Noise given = Noise.given(List.of(manager.zeros(new Shape(2))));

        assertThatThrownBy(() -> given.uniform(new Shape(3), manager.zeros(new Shape(1))))
                .hasMessageContaining("(2)")
                .hasMessageContaining("(3)");
    }
}
