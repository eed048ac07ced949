package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.data.Provenance;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {

    private static final int BATCH = 1000;

    /** One picture over and over: with the same noise a second batch would repeat the first, and the mean with it. */
    @Test
    void testBatchesTakeNoiseOfTheirOwn() {
        assertThat(lossOver(2 * BATCH)).isNotEqualTo(lossOver(BATCH));
        assertThat(lossOver(BATCH)).isEqualTo(lossOver(BATCH));
    }

    private static double lossOver(int count) {
        byte[] pixels = new byte[count * Small.SIDE * Small.SIDE];
        Arrays.fill(pixels, (byte) 128);
        ImageSet copies = new ImageSet(pixels, new byte[count], count, Small.SIDE, Small.SIDE);
        ImageData data = new ImageData("copies", Small.data().train(), copies, new Provenance("test", Map.of()));
        try (Experiment experiment = new Experiment(Small.recipe("slides", 1), data, 0, Device.cpu())) {
            // epoch 0 keys the first batch alike, however many there are
            return new TrainingLoop(experiment, Progress.silent(), new StopSignal())
                    .test(0)
                    .loss();
        }
    }
}
