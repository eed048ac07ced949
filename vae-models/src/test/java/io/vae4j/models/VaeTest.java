package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.RecordedNoise;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VaeTest extends ModelTest {

    static Stream<LatentModel> models() {
        return Stream.of(
                Models.bernoulli(),
                Models.grey(),
                Models.learnedPrior(),
                Models.mixturePrior(),
                Models.vampPrior(),
                Models.twoLayers(),
                Models.fullCovariance(),
                Models.planar(),
                Models.inverseAutoregressive(),
                Models.convolutional(),
                Models.convolutionalGrid(),
                Models.topDown());
    }

    /** Those, and models that work with a condition only. */
    static Stream<LatentModel> conditionalModels() {
        return Stream.concat(models(), Stream.of(Models.conditionalPrior()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void trainsUnderTheElboAndUnderTheImportanceWeightedBound(LatentModel model) {
        initialised(model, DataType.FLOAT32);
        NDArray x = bits(32, DataType.FLOAT32);

        float[] elbo = train(model, x, new Elbo(), 150);
        float[] bound = train(model, x, new Iwae(5), 50);

        assertThat(elbo[1]).isLessThan(elbo[0] - 0.5f);
        assertThat(bound[1]).isLessThan(elbo[1] + 0.1f);
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyParameterHasAGradient(LatentModel model) {
        initialised(model, DataType.FLOAT32);
        backward(model, bits(8, DataType.FLOAT32), Condition.none(), new Iwae(3), 0);

        assertThatEveryParameterHasAGradient(model);
    }

    @ParameterizedTest
    @MethodSource("conditionalModels")
    void everyParameterHasAGradientGivenACondition(LatentModel model) {
        conditional(model);
        Condition condition = Condition.given(manager.ones(new Shape(8, 2)));
        backward(model, bits(8, DataType.FLOAT32), condition, new Iwae(3), 0);

        assertThatEveryParameterHasAGradient(model);
    }

    private static void assertThatEveryParameterHasAGradient(LatentModel model) {
        for (Pair<String, Parameter> parameter : model.getParameters()) {
            try (NDArray gradient = parameter.getValue().getArray().getGradient()) {
                assertThat(gradient.abs().sum().getFloat())
                        .as(parameter.getKey())
                        .isPositive()
                        .isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void hasOneTermPerDrawAndExampleAndLayer(LatentModel model) {
        initialised(model, DataType.FLOAT32);
        Evidence evidence = evidence(model, bits(4, DataType.FLOAT32), 7, Noise.seeded(0, 0, 0));

        assertThat(evidence.logLikelihood().getShape()).isEqualTo(new Shape(7, 4));
        assertThat(evidence.logWeight().getShape()).isEqualTo(new Shape(7, 4));
        assertThat(evidence.elbo().getShape()).isEqualTo(new Shape(4));
        evidence.layers()
                .forEach(layer -> assertThat(layer.logPrior().get().getShape()).isEqualTo(new Shape(7, 4)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void anExamplesTermsDoNotDependOnItsNeighbours(LatentModel model) {
        initialised(model, DataType.FLOAT64);
        NDArray x = bits(3, DataType.FLOAT64);
        RecordedNoise recorded = new RecordedNoise(Noise.seeded(0, 0, 0), manager);
        double[] all = evidence(model, x, 2, recorded).logWeight().toDoubleArray();
        List<NDArray> ofTheSecond =
                recorded.draws().stream().map(draw -> draw.get(":, 1:2")).toList();
        double[] alone = evidence(model, x.get("1:2"), 2, Noise.given(ofTheSecond))
                .logWeight()
                .toDoubleArray();

        assertThat(alone).containsExactly(new double[] {all[1], all[4]}, within(1e-10));
    }

    @ParameterizedTest
    @MethodSource("models")
    void savesAndLoadsToEqualOutputs(LatentModel model) throws IOException, MalformedModelException {
        initialised(model, DataType.FLOAT32);
        NDArray x = bits(4, DataType.FLOAT32);
        float[] before = reconstruction(model, x);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        model.saveParameters(new DataOutputStream(saved));
        model.getParameters().values().forEach(parameter -> parameter.getArray().muli(parameter.getArray()));
        float[] spoilt = reconstruction(model, x);
        model.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        store = new ParameterStore(manager, false);

        assertThat(spoilt).isNotEqualTo(before);
        assertThat(reconstruction(model, x)).isEqualTo(before);
    }

    @Test
    void aFrozenPartDoesNotCollectGradients() {
        Vae model = initialised(Models.bernoulli(), DataType.FLOAT32);
        model.getChildren().get("03decoder").freezeParameters(true);
        backward(model, bits(4, DataType.FLOAT32), Condition.none(), new Elbo(), 0);

        for (Pair<String, Parameter> parameter : model.getParameters()) {
            boolean frozen = parameter.getKey().startsWith("03decoder");
            assertThat(parameter.getValue().requiresGradient()).isEqualTo(!frozen);
            if (!frozen) {
                assertThat(parameter
                                .getValue()
                                .getArray()
                                .getGradient()
                                .abs()
                                .sum()
                                .getFloat())
                        .isPositive();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("conditionalModels")
    void aConditionReachesEncoderAndDecoder(LatentModel model) {
        conditional(model);
        NDArray x = bits(2, DataType.FLOAT32);
        Condition first = Condition.given(manager.ones(new Shape(2, 2)));
        Condition second = Condition.given(manager.zeros(new Shape(2, 2)));

        assertThat(centre(model, x, first)).as("by the encoder").isNotEqualTo(centre(model, x, second));
        // the same noise, hence the same z under a prior that ignores the condition
        assertThat(model.generate(evaluation(Noise.seeded(0, 0, 0)), List.of(), 1, first)
                        .mean())
                .as("by the decoder")
                .isNotEqualTo(model.generate(evaluation(Noise.seeded(0, 0, 0)), List.of(), 1, second)
                        .mean());
        assertThat(model.generate(evaluation(Noise.seeded(0, 0, 0)), List.of(), 5, first)
                        .mean()
                        .getShape())
                .isEqualTo(new Shape(5, 2, Models.PIXELS));
    }

    @ParameterizedTest
    @MethodSource("models")
    void generatesFromGivenLatentsOrDrawsThem(LatentModel model) {
        initialised(model, DataType.FLOAT32);
        NDArray drawn = model.generate(evaluation(Noise.seeded(1, 0, 0)), List.of(), 9, Condition.none())
                .mean();
        NDArray again = model.generate(evaluation(Noise.seeded(1, 0, 0)), List.of(), 9, Condition.none())
                .mean();

        assertThat(drawn.getShape()).isEqualTo(new Shape(9, 1, Models.PIXELS));
        assertThat(again).isEqualTo(drawn);
    }

    @Test
    void givenLatentsOfEveryLayerLeaveNothingToDraw() {
        Vae model = initialised(Models.twoLayers(), DataType.FLOAT32);
        NDArray top = manager.randomNormal(new Shape(4, 1, 2));
        NDArray bottom = manager.randomNormal(new Shape(4, 1, 3));

        NDArray one = model.generate(evaluation(Noise.given(List.of())), List.of(top, bottom), 4, Condition.none())
                .mean();
        NDArray two = model.generate(
                        evaluation(Noise.given(List.of())), List.of(top.neg(), bottom), 4, Condition.none())
                .mean();
        assertThat(one).isEqualTo(two);
    }

    /** E_q[w] = p(x), and so is the mean of p(x|z) over the prior. */
    @Test
    void theWeightIsTheJointOverThePosterior() {
        Vae model = initialised(Models.bernoulli(), DataType.FLOAT64);
        NDArray x = bits(1, DataType.FLOAT64);
        Evidence evidence = evidence(model, x, 4000, Noise.seeded(3, 0, 0));
        double byPosterior = evidence.logWeight().exp().mean().getDouble();
        NDArray z = new StandardNormal(manager.zeros(new Shape(1, 1, 3), DataType.FLOAT64), 1)
                .sample(Noise.seeded(4, 0, 0), 100_000);
        NDArray fromPrior = model.generate(evaluation(Noise.engine()), List.of(z), 100_000, Condition.none())
                .logProb(x)
                .exp();
        double error = Math.sqrt(
                variance(fromPrior) / 100_000 + variance(evidence.logWeight().exp()) / 4000);

        assertThat(byPosterior).isCloseTo(fromPrior.mean().getDouble(), within(4 * error));
    }

    /** L_1 with the sampled KL and the ELBO with the closed one, over the same draws: only the KL differs. */
    @Test
    void withOneDrawTheImportanceWeightedBoundIsTheElboWithTheClosedKlInMean() {
        Vae model = initialised(Models.learnedPrior(), DataType.FLOAT64);
        Evidence evidence = evidence(model, bits(2, DataType.FLOAT64), 20_000, Noise.seeded(6, 0, 0));
        double[] closed = evidence.elbo().toDoubleArray();

        for (int example = 0; example < 2; example++) {
            NDArray sampledKl = evidence.layers().get(0).sampledKl().get(":, " + example);
            double error = Math.sqrt(variance(sampledKl) / 20_000);
            double bound = evidence.logWeight().get(":, " + example).mean().getDouble();
            assertThat(error).isPositive();
            assertThat(bound).isCloseTo(closed[example], within(4 * error));
        }
    }

    static Stream<LatentModel> structurallyDifferentModels() {
        return Stream.of(Models.twoLayers(), Models.topDown(), Models.convolutional(), Models.convolutionalGrid());
    }

    @ParameterizedTest
    @MethodSource("structurallyDifferentModels")
    void nativeMemoryIsFlatOverSteps(LatentModel model) {
        initialised(model, DataType.FLOAT32);
        NDArray x = bits(8, DataType.FLOAT32);
        train(model, x, new Iwae(2), 5);
        int held = manager.getManagedArrays().size();
        train(model, x, new Iwae(2), 50);

        assertThat(manager.getManagedArrays()).hasSize(held);
    }

    @Test
    void answersDjlsUntypedForward() {
        Vae model = initialised(Models.bernoulli(), DataType.FLOAT32);
        NDArray x = bits(4, DataType.FLOAT32);
        NDList answer = model.forward(store, new NDList(x), false);

        assertThat(answer.head().getShape()).isEqualTo(x.getShape());
        assertThat(answer.head().toFloatArray()).isEqualTo(reconstruction(model, x));
    }

    @Test
    void initialisationIsThatOfTorchsLinear() {
        Engine.getInstance().setRandomSeed(0);
        Vae model = initialised(Models.bernoulli(), DataType.FLOAT32);
        NDArray bias = model.getParameters().get("01encoder_01fc1_bias").getArray();

        assertThat(bias.abs().max().getFloat())
                .isLessThan((float) (1 / Math.sqrt(6)))
                .isGreaterThan(0.2f);
    }

    private void conditional(LatentModel model) {
        model.initialize(manager, DataType.FLOAT32, new Shape(1, Models.PIXELS), new Shape(1, 2));
    }

    private static double variance(NDArray values) {
        double mean = values.mean().getDouble();
        return values.square().mean().getDouble() - mean * mean;
    }

    private NDArray centre(LatentModel model, NDArray x, Condition condition) {
        return model.evidence(evaluation(Noise.engine()), x, condition, 1)
                .layers()
                .get(0)
                .inference()
                .posterior()
                .centre();
    }

    private Evidence evidence(LatentModel model, NDArray x, long draws, Noise noise) {
        return model.evidence(evaluation(noise), x, Condition.none(), draws);
    }

    private float[] reconstruction(LatentModel model, NDArray x) {
        return model.reconstruct(evaluation(Noise.engine()), x, Condition.none())
                .mean()
                .toFloatArray();
    }
}
