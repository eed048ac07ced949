package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.export.NotExportable;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchModule;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Network;
import io.vae4j.core.torch.TorchScriptArchive;
import io.vae4j.models.family.CategoricalPixels;
import io.vae4j.models.family.ColorMixturePixels;
import io.vae4j.models.family.ContinuousBernoulliPixels;
import io.vae4j.models.family.DiscretizedLogisticPixels;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.family.Head;
import io.vae4j.models.family.LaplacePixels;
import io.vae4j.models.family.LogisticMixturePixels;
import io.vae4j.models.family.PredictedScale;
import io.vae4j.models.family.Scale;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.ConvolutionalDecoderNetwork;
import io.vae4j.models.network.ConvolutionalEncoder;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.network.Pyramid;
import io.vae4j.models.network.Residual;
import io.vae4j.models.network.Sequential;
import io.vae4j.models.network.Upsampling;
import io.vae4j.models.prior.StandardNormalPrior;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code that a model says of itself in PyTorch, run by torch as TorchScript, against the model. Python's code is the
 * same lines.
 */
class PyTorchExportTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;
    private static final Shape IMAGE = new Shape(3, 5, 6);
    private static final int CLASSES = 4;

    static Stream<Arguments> models() {
        Shape flat = new Shape(Models.PIXELS);
        return Stream.of(
                arguments("dense", Models.bernoulli(), flat),
                arguments("gray", Models.gray(), flat),
                arguments("full covariance", Models.fullCovariance(), flat),
                arguments("autoencoder", Models.autoencoder(), flat),
                arguments("linear-Gaussian", Models.linearGaussian(), flat),
                arguments("two layers", Models.twoLayers(), flat),
                arguments("VampPrior", Models.vampPrior(), flat),
                arguments("transposed convolutions", Models.convolutional(), flat),
                arguments("grid of latents", Models.convolutionalGrid(), flat),
                arguments("fixed scale", Models.over(fixedScale()), flat),
                arguments("residual", residual(), flat));
    }

    static Stream<Arguments> likelihoods() {
        return Stream.of(
                likelihood("continuous Bernoulli", ContinuousBernoulliPixels::new),
                likelihood("categorical", CategoricalPixels::new),
                likelihood("mixture", (event, head) -> new LogisticMixturePixels(event, 3, head)),
                likelihood("Laplace", (event, head) -> new LaplacePixels(event, new PredictedScale(0.3), head)),
                likelihood("fixed scale", logistic(new GlobalScale.Fixed(0.1))),
                likelihood("learned scale", logistic(new GlobalScale.Isotropic(0.2))),
                likelihood("scale of each", logistic(new GlobalScale.Each(0.05))),
                likelihood("predicted scale", logistic(new PredictedScale(0.2))));
    }

    private static Arguments likelihood(String name, BiFunction<Shape, Head, Family<?>> family) {
        return arguments(name, family);
    }

    private static BiFunction<Shape, Head, Family<?>> logistic(Scale scale) {
        return (event, head) -> new DiscretizedLogisticPixels(event, scale, head);
    }

    /** Of vectors and of colors, which a convolution reads from feature maps. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("likelihoods")
    void theMeanOfALikelihoodIsThatOfTheModel(String name, BiFunction<Shape, Head, Family<?>> likelihood)
            throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            Vae flat = Models.under(likelihood);
            flat.initialize(manager, DataType.FLOAT32, new Shape(1, Models.PIXELS));
            assertSame(
                    flat, manager.randomNormal(new Shape(5, Models.PIXELS)).mul(manager.create(30f)), Condition.none());

            Pyramid pyramid = new Pyramid(List.of(4, 5), 0, Activation.GELU, START);
            Vae color = vae(
                    new Sequential(List.of(
                            new ConvolutionalEncoder(IMAGE, pyramid), new Mlp(List.of(6), Activation.RELU, START))),
                    new NetworkDecoder(
                            ConvolutionalDecoderNetwork.fromVector(IMAGE, pyramid, Upsampling.RESIZE_AND_CONVOLVE),
                            likelihood.apply(IMAGE, new Head.Convolved(3, 3, START))));
            color.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(IMAGE));
            assertSame(color, manager.randomNormal(new Shape(5).addAll(IMAGE)), Condition.none());
        }
    }

    private static Family<?> fixedScale() {
        return new GlobalScaleGaussian(new Shape(Models.PIXELS), new GlobalScale.Fixed(0.5), START);
    }

    private static Vae residual() {
        Mlp branch = new Mlp(List.of(4), Activation.TANH, START);
        Sequential encoder =
                new Sequential(List.of(new Mlp(List.of(), Activation.IDENTITY, START), new Residual(branch)));
        return vae(
                encoder, new Mlp(List.of(5), Activation.GELU, START), new Shape(Models.PIXELS), new Head.Dense(START));
    }

    private static Vae vae(Encoder encoder, Network network, Shape event, Head head) {
        return vae(encoder, new NetworkDecoder(network, new Gaussian(event, head)));
    }

    private static Vae vae(Encoder encoder, NetworkDecoder decoder) {
        return new Vae(encoder, new FullGaussian(3, START), decoder, new StandardNormalPrior(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void torchReconstructsAsTheModelDoes(String name, LatentModel model, Shape event) throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.randomUniform(0, 1, new Shape(5).addAll(event)).round();
            model.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(event));

            assertSame(model, x, Condition.none());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyActivationIsTorchsOwn(Activation activation) throws Exception {
        Mlp encoder = new Mlp(List.of(7, 6), activation, START);
        Vae model = vae(encoder, new Mlp(List.of(5), activation, START), new Shape(8), new Head.Dense(START));
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.randomNormal(new Shape(5, 8));
            model.initialize(manager, DataType.FLOAT32, new Shape(1, 8));

            assertSame(model, x, Condition.none());
        }
    }

    @Test
    void aConditionJoinsVectors() throws Exception {
        Mlp encoder = new Mlp(List.of(7), Activation.RELU, START);
        assertSameGivenClasses(
                vae(encoder, new Mlp(List.of(5), Activation.RELU, START), new Shape(8), new Head.Dense(START)),
                new Shape(8));
    }

    @ParameterizedTest
    @EnumSource
    void aConditionJoinsFeatureMapsOfColorImages(Upsampling upsampling) throws Exception {
        Pyramid pyramid = new Pyramid(List.of(4, 5), 2, Activation.LEAKY_RELU, START);
        Sequential encoder = new Sequential(
                List.of(new ConvolutionalEncoder(IMAGE, pyramid), new Mlp(List.of(6), Activation.RELU, START)));
        assertSameGivenClasses(
                vae(
                        encoder,
                        ConvolutionalDecoderNetwork.fromVector(IMAGE, pyramid, upsampling),
                        IMAGE,
                        new Head.Convolved(3, 3, START)),
                IMAGE);
    }

    private static void assertSameGivenClasses(Vae model, Shape event) throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.randomNormal(new Shape(5).addAll(event));
            NDArray c = manager.create(new long[] {0, 3, 1, 2, 3}).oneHot(CLASSES, DataType.FLOAT32);
            model.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(event), new Shape(1, CLASSES));

            assertSame(model, x, Condition.given(c));
        }
    }

    private static void assertSame(LatentModel model, NDArray x, Condition condition) throws Exception {
        NDManager manager = x.getManager();
        Pass pass = Pass.evaluation(new ParameterStore(manager, false), manager, Noise.zero());
        float[] ours = model.reconstruct(pass, x, condition).mean().toFloatArray();

        float[] torchs = byTorch(model, x, condition).toFloatArray();

        assertThat(torchs).hasSameSizeAs(ours);
        for (int i = 0; i < ours.length; i++) {
            assertThat(torchs[i]).isCloseTo(ours[i], within(1e-5f));
        }
    }

    private static NDArray byTorch(LatentModel model, NDArray x, Condition condition)
            throws IOException, MalformedModelException, TranslateException {
        boolean given = condition instanceof Condition.Given;
        PyTorchModule module =
                PyTorchModule.of(model, given ? PyTorchInputs.EXAMPLES_AND_CONDITION : PyTorchInputs.EXAMPLES);
        NDList inputs = given ? new NDList(x, ((Condition.Given) condition).values()) : new NDList(x);
        try (Model loaded = Model.newInstance("exported")) {
            loaded.load(new ByteArrayInputStream(TorchScriptArchive.of(module.torchScript())));
            try (Predictor<NDList, NDList> predictor = loaded.newPredictor(new NoopTranslator(null))) {
                NDArray mean = predictor.predict(inputs).head().duplicate();
                mean.attach(x.getManager());
                return mean;
            }
        }
    }

    @Test
    void aPartWithoutCodeIsNamed() {
        assertRefused(Models.planar(), "posterior (FlowPosterior)");
        assertRefused(Models.topDown(), "model (TopDownVae)");
        assertRefused(
                Models.under((event, head) -> new ColorMixturePixels(event, 2, head)),
                "decoder.likelihood (ColorMixturePixels)");
    }

    private static void assertRefused(LatentModel model, String part) {
        try (NDManager manager = NDManager.newBaseManager()) {
            model.initialize(manager, DataType.FLOAT32, new Shape(1, Models.PIXELS));

            assertThatThrownBy(() -> PyTorchModule.of(model, PyTorchInputs.EXAMPLES))
                    .isInstanceOf(NotExportable.class)
                    .hasMessageContaining(part);
        }
    }

    @Test
    void modulesOfEqualCodeShareAClassAndOthersDoNot() {
        Pyramid pyramid = new Pyramid(List.of(4), 2, Activation.RELU, START);
        Vae model = vae(
                new Sequential(
                        List.of(new ConvolutionalEncoder(IMAGE, pyramid), new Mlp(List.of(), Activation.RELU, START))),
                ConvolutionalDecoderNetwork.fromVector(IMAGE, pyramid, Upsampling.RESIZE_AND_CONVOLVE),
                IMAGE,
                new Head.Convolved(3, 3, START));
        try (NDManager manager = NDManager.newBaseManager()) {
            model.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(IMAGE));

            String python = PyTorchModule.of(model, PyTorchInputs.EXAMPLES).pythonClasses();

            assertThat(python)
                    .containsOnlyOnce("class ResidualBlock(")
                    .contains("self.residual2 = ResidualBlock()")
                    .contains("class Gaussian(", "class Gaussian2(")
                    .contains("self.conv1 = nn.Conv2d(3, 4, 3, stride=2, padding=1)");
        }
    }
}
