package io.vae4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import com.google.gson.Gson;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.torch.Aten;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decay, clipping and averaging against PyTorch's own, whose numbers training_controls.py writes, in float64. */
class TrainingControlsTest extends EngineTest {

    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aRunIsThatOfTorchsAdamWithItsClippingAndItsAverage(int number) throws IOException {
        Fixture fixture = Fixture.read();
        Fixture.Case expected = fixture.cases.get(number);
        Weights weights = weights(fixture);
        try (FusedAdam adam = new FusedAdam(manager, arrays(weights), expected.settings())) {
            WeightAverage average = new WeightAverage(manager, weights, expected.average);
            for (int i = 0; i < expected.steps.size(); i++) {
                Fixture.Gradient gradient = fixture.gradients.get(i);
                adam.step(List.of(array(gradient.matrix).reshape(3, 2), array(gradient.bias)), fixture.rates[i], i);
                average.after(i, manager.zeros(new Shape(1)));

                Fixture.Step step = expected.steps.get(i);
                assertThatClose(weights.matrix.getArray(), step.matrix);
                assertThatClose(weights.bias.getArray(), step.bias);
                assertThatClose(Objects.requireNonNull(average.tensors().get("matrix")), step.averagedMatrix);
                assertThatClose(Objects.requireNonNull(average.tensors().get("bias")), step.averagedBias);
            }
        }
    }

    /** All three sources of gradients go by one formula. */
    @ParameterizedTest
    @EnumSource
    void whereverGradientsComeFromTheStepIsTheSame(AdamScript.Source source) throws IOException {
        Fixture fixture = Fixture.read();
        Fixture.Case expected = fixture.cases.get(2);
        Weights weights = weights(fixture);
        Fixture.Gradient gradient = fixture.gradients.get(0);
        try (FusedAdam adam = new FusedAdam(manager, arrays(weights), expected.settings())) {
            take(adam, source, weights, gradient, fixture.rates[0]);
        }

        assertThatClose(weights.matrix.getArray(), expected.steps.get(0).matrix);
        assertThatClose(weights.bias.getArray(), expected.steps.get(0).bias);
    }

    private void take(
            FusedAdam adam, AdamScript.Source source, Weights weights, Fixture.Gradient gradient, double rate) {
        NDArray matrix = array(gradient.matrix).reshape(3, 2);
        NDArray bias = array(gradient.bias);
        switch (source) {
            case GIVEN -> adam.step(List.of(matrix, bias), rate, 0);
            case PARAMETERS -> {
                backward(arrays(weights), List.of(matrix, bias));
                adam.step(rate, 0);
            }
            case LEAVES -> {
                LeafParameters leaves = adam.leaves(new ParameterStore(manager, false), manager);
                backward(leaves.arrays(), List.of(matrix, bias));
                adam.step(leaves, rate, 0);
            }
        }
    }

    private static void backward(List<NDArray> of, List<NDArray> gradients) {
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(gradients
                    .get(0)
                    .mul(of.get(0))
                    .sum()
                    .add(gradients.get(1).mul(of.get(1)).sum()));
        }
    }

    @Test
    void aModelHasAveragedWeightsAsLongAsTheyAreInUse() throws IOException {
        Weights weights = weights(Fixture.read());
        double[] own = weights.matrix.getArray().toDoubleArray();
        WeightAverage average = new WeightAverage(manager, weights, 0.5);
        NDArray none = manager.zeros(new Shape(1));
        average.after(0, none);
        Aten.overwrite(weights.matrix.getArray(), manager.zeros(new Shape(3, 2), DataType.FLOAT64));
        average.after(1, none);
        average.after(2, manager.ones(new Shape(1)));
        double[] used = average.during(() -> weights.matrix.getArray().toDoubleArray());

        assertThat(used).isEqualTo(Arrays.stream(own).map(value -> value / 2).toArray());
        assertThat(weights.matrix.getArray().toDoubleArray()).containsOnly(0);
        assertThatThrownBy(() -> new WeightAverage(manager, weights, 1)).hasMessageContaining("decay < 1");
    }

    @Test
    void whatIsNoDecayOrNormIsRefused() {
        FusedAdam.Settings plain = new FusedAdam.Settings();

        assertThatThrownBy(() -> plain.withWeightDecay(-0.1)).hasMessageContaining("weight decay is -0.1");
        assertThatThrownBy(() -> plain.withClipNorm(0)).hasMessageContaining("largest norm of the gradient is 0");
        assertThatThrownBy(() -> plain.withClipNorm(Double.NaN)).hasMessageContaining("NaN");
    }

    private static List<NDArray> arrays(Weights weights) {
        return List.of(weights.matrix.getArray(), weights.bias.getArray());
    }

    private Weights weights(Fixture fixture) {
        Weights weights = new Weights();
        weights.initialize(manager, DataType.FLOAT64, new Shape(1));
        Aten.overwrite(weights.matrix.getArray(), array(fixture.matrix).reshape(3, 2));
        Aten.overwrite(weights.bias.getArray(), array(fixture.bias));
        return weights;
    }

    private static void assertThatClose(NDArray actual, double... expected) {
        double[] values = actual.toDoubleArray();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i], within(TOLERANCE));
        }
    }

    /** A matrix and a bias. */
    private static final class Weights extends TypedBlock {

        private final Parameter matrix = parameter("matrix", Parameter.Type.WEIGHT, new Shape(3, 2), Initializer.ZEROS);
        private final Parameter bias = parameter("bias", Parameter.Type.BIAS, new Shape(3), Initializer.ZEROS);

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(pass.value(matrix), pass.value(bias));
        }
    }

    /** What training_controls.py writes. */
    @SuppressWarnings({"ArrayRecordComponent", "unused"})
    private record Fixture(double[] rates, double[] matrix, double[] bias, List<Gradient> gradients, List<Case> cases) {

        static Fixture read() throws IOException {
            try (Reader in = new InputStreamReader(
                    Objects.requireNonNull(
                            TrainingControlsTest.class.getResourceAsStream("/fixtures/training-controls.json")),
                    StandardCharsets.UTF_8)) {
                return new Gson().fromJson(in, Fixture.class);
            }
        }

        private record Gradient(double[] matrix, double[] bias) {}

        private record Case(double weightDecay, double clipNorm, double average, List<Step> steps) {

            FusedAdam.Settings settings() {
                FusedAdam.Settings decayed = new FusedAdam.Settings().withWeightDecay(weightDecay);
                return clipNorm == 0 ? decayed : decayed.withClipNorm(clipNorm);
            }
        }

        private record Step(double[] matrix, double[] bias, double[] averagedMatrix, double[] averagedBias) {}
    }
}
