package io.vae4j.experiments.evaluation.representation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Small;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SplitFeaturesTest {

    private static final int SIDE = Small.SIDE;

    /** More than are read at a time. */
    private static final int COUNT = 600;

    @Test
    void staticBitsAreThoseOfTheExamplesPlaceInItsSplit() {
        byte[] gray = new byte[COUNT * SIDE * SIDE];
        Arrays.fill(gray, (byte) 128);
        Examples training = new Examples(Values.ofBytes(ByteBuffer.wrap(gray), COUNT, new Shape(1, SIDE, SIDE)));
        try (TrainingSession session = Small.session(Small.recipe("vae", 1, "data.values=static-binarization"), 0);
                NDManager manager = session.model().newManager()) {
            TrainedModel model = session.model();
            float[] bits = new DeviceExamples(manager, training, model.view())
                    .range(manager, 0, COUNT, Noise.zero())
                    .x()
                    .toFloatArray();

            SplitFeatures read = SplitFeatures.of(model, SplitFeatures.VALUES, training, COUNT, 3);

            assertThat(read.vectors()[0]).isNotEqualTo(read.vectors()[1]);
            for (int n = 0; n < COUNT; n++) {
                for (int d = 0; d < SIDE * SIDE; d++) {
                    assertThat(read.vectors()[n][d]).isEqualTo(bits[n * SIDE * SIDE + d]);
                }
            }
        }
    }
}
