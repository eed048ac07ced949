package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.DataName;
import io.vae4j.experiments.recipe.DataSpec;
import io.vae4j.experiments.recipe.Pixels;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeviceImagesTest {

    private static final int COUNT = 10_000;
    /** 0, 0.8 and 1. */
    private static final int[] LEVELS = {0, 204, 255};

    @Test
    void aPixelIsDrawnAsOneWithTheProbabilityOfItsGrayLevel() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray bits = batch(manager, Pixels.DYNAMIC_BINARIZATION);

            assertThat(bits.getShape()).isEqualTo(new Shape(COUNT, 3));
            assertThat(mean(bits, 0)).isZero();
            assertThat(mean(bits, 1)).isCloseTo(0.8f, within(4 * (float) Math.sqrt(0.8 * 0.2 / COUNT)));
            assertThat(mean(bits, 2)).isEqualTo(1);
        }
    }

    @Test
    void grayLevelsRunFromZeroToOne() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(batch(manager, Pixels.GRAY).get(7).toFloatArray()).containsExactly(0, 0.8f, 1);
        }
    }

    @Test
    void aConditionIsTheLabelOfItsImageAndTheEventHasTheModelsShape() {
        DataSpec spec = new DataSpec(DataName.MNIST, Pixels.GRAY, ConditionName.LABEL);
        ImageSet set = new ImageSet(new byte[] {0, 1, 2, 3, 4, 5}, new byte[] {4, 0, 9}, 3, 1, 2);
        try (NDManager manager = NDManager.newBaseManager()) {
            Minibatch batch = new DeviceImages(manager, set, new Shape(1, 1, 2), spec)
                    .batch(manager, new long[] {2, 0, 1}, 0, 2, Noise.seeded(0, 0, 0));

            assertThat(batch.images().getShape()).isEqualTo(new Shape(2, 1, 1, 2));
            assertThat(batch.images()
                            .mul(batch.images().getManager().create(255f))
                            .toFloatArray())
                    .containsExactly(new float[] {4, 5, 0, 1}, within(1e-5f));
            assertThat(((Condition.Given) batch.condition()).values().argMax(1).toLongArray())
                    .containsExactly(9, 4);
        }
    }

    private static NDArray batch(NDManager manager, Pixels pixels) {
        byte[] bytes = new byte[COUNT * LEVELS.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) LEVELS[i % LEVELS.length];
        }
        ImageSet set = new ImageSet(bytes, new byte[COUNT], COUNT, 1, LEVELS.length);
        long[] order = LongStream.range(0, COUNT).toArray();
        DataSpec spec = new DataSpec(DataName.MNIST, pixels, ConditionName.NONE);
        return new DeviceImages(manager, set, new Shape(LEVELS.length), spec)
                .batch(manager, order, 0, COUNT, Noise.seeded(0, 0, 0))
                .images();
    }

    private static float mean(NDArray bits, int column) {
        return bits.get(":, " + column).mean().getFloat();
    }
}
