package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.ValueTransform;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class DeviceExamplesTest {

    private static final int COUNT = 10_000;
    /** 0, 0.8 and 1. */
    private static final int[] LEVELS = {0, 204, 255};

    @Test
    void aPixelIsDrawnAsOneWithTheProbabilityOfItsGrayLevel() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray bits = batch(manager, ValueTransform.DYNAMIC_BINARIZATION);

            assertThat(bits.getShape()).isEqualTo(new Shape(COUNT, 3));
            assertThat(mean(bits, 0)).isZero();
            assertThat(mean(bits, 1)).isCloseTo(0.8f, within(4 * (float) Math.sqrt(0.8 * 0.2 / COUNT)));
            assertThat(mean(bits, 2)).isEqualTo(1);
        }
    }

    @Test
    void grayLevelsRunFromZeroToOne() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(batch(manager, ValueTransform.AS_STORED).get(7).toFloatArray())
                    .containsExactly(0, 0.8f, 1);
        }
    }

    @Test
    void aConditionIsTheLabelOfItsImageAndTheEventHasTheModelsShape() {
        Values values = Values.ofBytes(ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4, 5}), 3, new Shape(1, 1, 2));
        Examples examples = new Examples(values, Labels.numbered(11, 4, 0, 9));
        DataSummary summary = Small.data("three", examples, examples).summary();
        DataView view = new DataView(summary, new Shape(2), ValueTransform.AS_STORED, ConditionName.LABEL);
        try (NDManager manager = NDManager.newBaseManager()) {
            Minibatch batch = new DeviceExamples(manager, examples, view)
                    .batch(manager, new long[] {2, 0, 1}, 0, 2, Noise.seeded(0, 0, 0));

            assertThat(batch.x().getShape()).isEqualTo(new Shape(2, 2));
            assertThat(batch.x().mul(batch.x().getManager().create(255f)).toFloatArray())
                    .containsExactly(new float[] {4, 5, 0, 1}, within(1e-5f));
            NDArray oneHot = ((Condition.Given) batch.condition()).values();
            assertThat(oneHot.getShape()).isEqualTo(new Shape(2, 11));
            assertThat(oneHot.argMax(1).toLongArray()).containsExactly(9, 4);
        }
    }

    @Test
    void floatsAreTakenAsTheyAre() {
        float[] numbers = {-1.5f, 2, 1e9f, 0};
        Examples examples = new Examples(Values.ofFloats(FloatBuffer.wrap(numbers), 2, new Shape(2)));
        DataView view = DataView.plain(Small.data("two", examples, examples).summary());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = new DeviceExamples(manager, examples, view)
                    .range(manager, 0, 2, Noise.seeded(0, 0, 0))
                    .x();

            assertThat(x.toFloatArray()).containsExactly(numbers);
        }
    }

    private static NDArray batch(NDManager manager, ValueTransform values) {
        byte[] bytes = new byte[COUNT * LEVELS.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) LEVELS[i % LEVELS.length];
        }
        Examples examples = new Examples(Values.ofBytes(ByteBuffer.wrap(bytes), COUNT, new Shape(LEVELS.length)));
        DataSummary summary = Small.data("levels", examples, examples).summary();
        DataView view = new DataView(summary, summary.event(), values, ConditionName.NONE);
        return new DeviceExamples(manager, examples, view)
                .range(manager, 0, COUNT, Noise.seeded(0, 0, 0))
                .x();
    }

    private static float mean(NDArray bits, int column) {
        return bits.get(":, " + column).mean().getFloat();
    }
}
