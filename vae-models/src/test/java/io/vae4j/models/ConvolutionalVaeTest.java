package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.util.Pair;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.RecordedNoise;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Network;
import io.vae4j.core.objective.Elbo;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.ConvolutionalDecoderNetwork;
import io.vae4j.models.network.ConvolutionalEncoder;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.network.Pyramid;
import io.vae4j.models.network.Sequential;
import io.vae4j.models.network.Upsampling;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConvolutionalVaeTest extends ModelTest {

    private static final Initialization START = Initialization.HE_NORMAL;

    @ParameterizedTest
    @CsvSource({"28, 2, 7", "28, 3, 4", "64, 3, 8", "5, 2, 2"})
    void imagesOfAnySizeGoThroughThePyramidAndBack(int side, int levels, int coarsest) {
        Shape image = new Shape(1, side, side);
        Pyramid pyramid = pyramid(IntStream.range(0, levels).mapToObj(i -> 4).toList());
        ConvolutionalEncoder encoder = new ConvolutionalEncoder(image, pyramid);
        Vae model = model(image, pyramid, Upsampling.TRANSPOSED_CONVOLUTION);
        model.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(image));
        encoder.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(image));
        NDArray x = manager.zeros(new Shape(3, 1, side, side));

        NDArray maps = encoder.features(evaluation(Noise.engine()), x.expandDims(0), Condition.none());
        assertThat(maps.getShape()).isEqualTo(new Shape(1, 3, 4, coarsest, coarsest));
        BoundTerms terms = model.boundTerms(evaluation(Noise.seeded(0, 0, 0)), x, Condition.none(), 2);
        assertThat(terms.logWeight().getShape()).isEqualTo(new Shape(2, 3));
        assertThat(model.reconstruct(evaluation(Noise.engine()), x, Condition.none())
                        .mean()
                        .getShape())
                .isEqualTo(new Shape(1, 3, 1, side, side));
    }

    /** Three colors and four levels, as for faces of 64 x 64. */
    @ParameterizedTest
    @EnumSource(Upsampling.class)
    void learnsColorImagesOfSixtyFourPixels(Upsampling upsampling) {
        Shape image = new Shape(3, 64, 64);
        Vae model = model(image, pyramid(List.of(8, 8, 8, 8)), upsampling);
        model.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(image));
        NDArray columns = manager.arange(64f).gt(31).toType(DataType.FLOAT32, true);
        NDArray x = columns.broadcast(new Shape(4, 3, 64, 64));

        float[] losses = train(model, x, new Elbo(), 30);
        // 12,288 bits of log 2 nats each at first
        assertThat(losses[0]).isCloseTo(12_288 * 0.693f, withinPercentage(15));
        assertThat(losses[1]).isLessThan(losses[0] / 2);
    }

    @Test
    void flatDataAreReadAsImages() {
        Shape image = new Shape(2, 4, 3);
        ConvolutionalEncoder encoder = new ConvolutionalEncoder(image, pyramid(List.of(4)));
        encoder.initialize(manager, DataType.FLOAT64, new Shape(1, 24));
        NDArray images = manager.randomNormal(new Shape(1, 5, 2, 4, 3), DataType.FLOAT64);
        Pass pass = evaluation(Noise.engine());

        assertThat(encoder.features(pass, images.reshape(1, 5, 24), Condition.none())
                        .toDoubleArray())
                .isEqualTo(encoder.features(pass, images, Condition.none()).toDoubleArray());
    }

    @ParameterizedTest
    @EnumSource(Upsampling.class)
    void drawsFoldedIntoTheBatchEqualALoopOverSamples(Upsampling upsampling) {
        Vae model = model(new Shape(1, 6, 6), pyramid(List.of(4, 4)), upsampling);
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1, 6, 6), new Shape(1, 2));
        NDArray x = manager.randomUniform(0, 1, new Shape(3, 1, 6, 6)).round().toType(DataType.FLOAT64, true);
        Condition condition = Condition.given(manager.randomNormal(new Shape(3, 2), DataType.FLOAT64));
        RecordedNoise recorded = new RecordedNoise(Noise.seeded(2, 0, 0), manager);
        NDArray together =
                model.boundTerms(evaluation(recorded), x, condition, 4).logWeight();
        NDArray noise = recorded.samples().get(0);

        for (int draw = 0; draw < 4; draw++) {
            Noise one = Noise.given(List.of(noise.get("{}:{}", draw, draw + 1)));
            NDArray alone = model.boundTerms(evaluation(one), x, condition, 1).logWeight();
            assertThat(together.get(draw).toDoubleArray())
                    .containsExactly(alone.get(0).toDoubleArray(), within(1e-10));
        }
    }

    @Test
    void aConditionChangesTheFeatureMapsAndTheImages() {
        Shape image = new Shape(1, 4, 4);
        ConvolutionalEncoder encoder = new ConvolutionalEncoder(image, pyramid(List.of(4)));
        encoder.initialize(manager, DataType.FLOAT64, new Shape(1, 16), new Shape(1, 2));
        Network grid =
                ConvolutionalDecoderNetwork.fromGrid(image, pyramid(List.of(4)), Upsampling.TRANSPOSED_CONVOLUTION);
        grid.initialize(manager, DataType.FLOAT64, new Shape(1, 3, 2, 2), new Shape(1, 2));
        NDArray x = manager.randomNormal(new Shape(1, 1, 16), DataType.FLOAT64);
        NDArray z = manager.randomNormal(new Shape(5, 1, 3, 2, 2), DataType.FLOAT64);
        Condition classes = Condition.given(manager.eye(2, 2, 0, DataType.FLOAT64));
        Pass pass = evaluation(Noise.engine());

        NDArray features = encoder.features(pass, x, classes);
        NDArray images = grid.features(pass, z, classes);
        assertThat(features.getShape()).isEqualTo(new Shape(1, 2, 4, 2, 2));
        assertThat(images.getShape()).isEqualTo(new Shape(5, 2, 4, 4, 4));
        assertThat(features.get(":, 0").sub(features.get(":, 1")).abs().max().getDouble())
                .isGreaterThan(1e-3);
        assertThat(images.get(":, 0").sub(images.get(":, 1")).abs().max().getDouble())
                .isGreaterThan(1e-3);
    }

    /** Central differences along the coordinate axes of every parameter, with the noise held. */
    @Test
    void theGradientIsThatOfFiniteDifferences() {
        Vae model = smooth();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1, 3, 3), new Shape(1, 2));
        NDArray x = manager.eye(3, 3, 0, DataType.FLOAT64).reshape(1, 1, 3, 3);
        Condition condition = Condition.given(manager.ones(new Shape(1, 2), DataType.FLOAT64));
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            Pass pass = Pass.training(store, manager, Noise.seeded(1, 0, 0));
            new PathwiseGradient().backward(tape, model, pass, x, condition, new Elbo(1, 2));
        }

        for (Pair<String, Parameter> parameter : model.getParameters()) {
            NDArray values = parameter.getValue().getArray();
            double[] start = values.toDoubleArray();
            double[] gradient = values.getGradient().toDoubleArray();
            for (int i = 0; i < start.length; i += Math.max(1, start.length / 5)) {
                double difference =
                        (lossAt(model, x, condition, values, i, 1e-5) - lossAt(model, x, condition, values, i, -1e-5))
                                / 2e-5;
                assertThat(gradient[i]).as(parameter.getKey()).isCloseTo(difference, within(1e-7));
            }
        }
    }

    private double lossAt(Vae model, NDArray x, Condition condition, NDArray values, int element, double step) {
        double[] start = values.toDoubleArray();
        double[] moved = start.clone();
        moved[element] += step;
        values.set(moved);
        try (NDManager batch = manager.newSubManager()) {
            Pass pass = Pass.evaluation(store, batch, Noise.seeded(1, 0, 0));
            BoundTerms terms = model.boundTerms(pass, x, condition, 2);
            return new Elbo(1, 2).loss(terms).mean().getDouble();
        } finally {
            values.set(start);
        }
    }

    @Test
    void examplesInAnotherOrderHaveTheirTermsInThatOrder() {
        Vae model = smooth();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1, 3, 3));
        NDArray x = manager.randomUniform(0, 1, new Shape(4, 1, 3, 3)).round().toType(DataType.FLOAT64, true);
        NDArray order = manager.create(new long[] {2, 0, 3, 1}).duplicate();
        RecordedNoise recorded = new RecordedNoise(Noise.seeded(2, 0, 0), manager);
        NDArray before =
                model.boundTerms(evaluation(recorded), x, Condition.none(), 3).logWeight();
        Noise moved = Noise.given(List.of(recorded.samples().get(0).get(":, {}", order)));
        NDArray after = model.boundTerms(evaluation(moved), x.get(order), Condition.none(), 3)
                .logWeight();

        assertThat(after.toDoubleArray())
                .containsExactly(before.get(":, {}", order).toDoubleArray(), within(1e-10));
    }

    @Test
    void shapesThatDoNotFitAreRefusedWithTheRemedy() {
        Shape image = new Shape(1, 4, 4);
        Pyramid pyramid = pyramid(List.of(4));
        assertThatThrownBy(() -> new ConvolutionalEncoder(new Shape(784), pyramid))
                .hasMessageContaining("expected [C, H, W]");
        assertThatThrownBy(() -> new ConvolutionalEncoder(image, pyramid)
                        .initialize(manager, DataType.FLOAT32, new Shape(1, 17)))
                .hasMessageContaining("give it the shape of your images");
        assertThatThrownBy(() -> ConvolutionalDecoderNetwork.fromVector(image, pyramid, Upsampling.RESIZE_AND_CONVOLVE)
                        .initialize(manager, DataType.FLOAT32, new Shape(1, 3, 2, 2)))
                .hasMessageContaining("use fromVector for vectors");
        assertThatThrownBy(() -> new Gaussian(3, START).initialize(manager, DataType.FLOAT32, new Shape(1, 4, 2, 2)))
                .hasMessageContaining("put an Mlp behind");
        assertThatThrownBy(() -> new Pyramid(List.of(), 0, Activation.RELU, START))
                .hasMessageContaining("[32, 64]");
    }

    private static Pyramid pyramid(List<Integer> widths) {
        return new Pyramid(widths, 1, Activation.RELU, START);
    }

    /** A differentiable activation, for finite differences. */
    private static Vae smooth() {
        return model(
                new Shape(1, 3, 3),
                new Pyramid(List.of(2, 3), 1, Activation.TANH, START),
                Upsampling.TRANSPOSED_CONVOLUTION);
    }

    private static Vae model(Shape image, Pyramid pyramid, Upsampling upsampling) {
        Encoder flat = new Mlp(List.of(), Activation.IDENTITY, START);
        return new Vae(
                new Sequential(List.of(new ConvolutionalEncoder(image, pyramid), flat)),
                new Gaussian(3, Initialization.FAN_IN_UNIFORM),
                new NetworkDecoder(
                        ConvolutionalDecoderNetwork.fromVector(image, pyramid, upsampling),
                        new BernoulliPixels(image, new Head.Convolved(image.get(0), 3, Initialization.FAN_IN_UNIFORM))),
                new StandardNormalPrior(3));
    }
}
