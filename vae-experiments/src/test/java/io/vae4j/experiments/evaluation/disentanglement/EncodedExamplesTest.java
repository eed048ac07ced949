package io.vae4j.experiments.evaluation.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainingSession;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodedExamplesTest {

    private static final int SIDE = 4;
    private static final Labels.Factors FACTORS = Known.grid(150, SIDE, 2);

    private static Examples bars(Labels labels) {
        Shape event = new Shape(1, SIDE, SIDE);
        return new Examples(Values.ofBytes(ByteBuffer.wrap(pixels()), FACTORS.of().length, event), labels);
    }

    /** Bars whose row is the first factor and whose brightness is the second; more of them than one portion. */
    private static byte[] pixels() {
        byte[] pixels = new byte[FACTORS.of().length * SIDE * SIDE];
        for (int n = 0; n < FACTORS.of().length; n++) {
            int[] of = FACTORS.of()[n];
            for (int column = 0; column < SIDE; column++) {
                pixels[(n * SIDE + of[0]) * SIDE + column] = (byte) (100 + 155 * of[1]);
            }
        }
        return pixels;
    }

    private static TrainingSession session(ValueKind kind) {
        Dataset data = new ArrayDataset("bars", bars(FACTORS), bars(FACTORS), new Provenance("test", Map.of()));
        List<String> keys = List.of("model.network.hidden=[8]", "model.latent=3", "train.epochs=1", kind.key);
        return TrainingSession.of(Recipes.find("slides", keys), data, 0, Device.cpu());
    }

    private enum ValueKind {
        AS_STORED("data.values=as-stored"),
        BINARIZED("data.values=dynamic-binarization"),
        BITS_OF_THEIR_PLACES("data.values=static-binarization");

        private final String key;

        ValueKind(String key) {
            this.key = key;
        }
    }

    @Test
    void codesAreTheMeansOfThePosteriorInTheOrderOfTheExamples() {
        try (TrainingSession session = session(ValueKind.AS_STORED);
                NDManager manager = session.model().newManager()) {
            Examples examples = bars(FACTORS);
            Representation representation = EncodedExamples.of(session.model(), examples, 0);
            NDArray levels = manager.create(levels(), new Shape(examples.count(), SIDE * SIDE));
            float[] expected = session.model().encode(levels, Condition.none()).toFloatArray();

            assertThat(representation.count()).isEqualTo(1200);
            assertThat(representation.constant()).isEmpty();
            for (int n = 0; n < 1200; n++) {
                assertThat(representation.factors().of()[n]).isEqualTo(FACTORS.of()[n]);
                for (int d = 0; d < 3; d++) {
                    assertThat(representation.codes()[n][d]).isCloseTo(expected[3 * n + d], within(1e-5));
                }
            }
        }
    }

    private static float[] levels() {
        byte[] pixels = pixels();
        float[] levels = new float[pixels.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Byte.toUnsignedInt(pixels[i]) / 255f;
        }
        return levels;
    }

    /** Examples that are alike have bits of their own, in whichever portion they are, and one seed gives one result. */
    @Test
    void binarizedExamplesHaveBitsOfTheirOwn() {
        try (TrainingSession session = session(ValueKind.BINARIZED)) {
            double[][] codes =
                    EncodedExamples.of(session.model(), bars(FACTORS), 0).codes();
            double[][] again =
                    EncodedExamples.of(session.model(), bars(FACTORS), 0).codes();

            // the same combination of factors at the same place of the third portion
            assertThat(IntStream.range(0, 25)
                            .filter(i -> Arrays.equals(codes[8 * i], codes[1000 + 8 * i]))
                            .count())
                    .isLessThan(10);
            assertThat(again).isDeepEqualTo(codes);
        }
    }

    @Test
    void staticBitsAreThoseOfTheExamplesPlaceInWhicheverPortionItIs() {
        try (TrainingSession session = session(ValueKind.BITS_OF_THEIR_PLACES);
                NDManager manager = session.model().newManager()) {
            Examples examples = bars(FACTORS);
            Minibatch all = new DeviceExamples(
                            manager, examples, session.model().view())
                    .range(manager, 0, examples.count(), Noise.zero());
            float[] expected = session.model().encode(all.x(), all.condition()).toFloatArray();

            double[][] codes = EncodedExamples.of(session.model(), examples, 0).codes();

            for (int n = 0; n < 1200; n++) {
                for (int d = 0; d < 3; d++) {
                    assertThat(codes[n][d]).isCloseTo(expected[3 * n + d], within(1e-5));
                }
            }
        }
    }

    @Test
    void aTrainedModelIsMeasuredInOneCall() {
        try (TrainingSession session = session(ValueKind.AS_STORED)) {
            Disentanglement result = Disentanglement.of(session.model(), bars(FACTORS), 0);

            assertThat(result.examples()).isEqualTo(1200);
            assertThat(result.dimensions()).isEqualTo(3);
            assertThat(result.notApplicable()).isEmpty();
            assertThat(result.scores())
                    .hasSize(8)
                    .allSatisfy((key, score) -> assertThat(score).isBetween(0.0, 1.0));
        }
    }

    @Test
    void examplesWithoutFactorsAreRefusedInOneLine() {
        try (TrainingSession session = session(ValueKind.AS_STORED)) {
            assertThatThrownBy(() -> Disentanglement.of(session.model(), bars(Labels.none()), 0))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("no factors are known");
        }
    }
}
