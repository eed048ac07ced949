package io.vae4j.models.hierarchical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.vae4j.core.Condition;
import io.vae4j.core.Latents;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.InferenceOrder;
import io.vae4j.core.model.Network;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
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
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopDownVaeTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    private NDManager manager;
    private ParameterStore store;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        Engine.getInstance().setRandomSeed(3);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Scalars throughout: x, h1 and h2 have one element, and every network is the identity. */
    @Test
    void theElboOfTwoLayersIsThatOfTheFormula() {
        Gaussian prior = new Gaussian(1, START);
        Gaussian lower = new Gaussian(1, START);
        Gaussian upper = new Gaussian(1, START);
        GlobalScaleGaussian likelihood = new GlobalScaleGaussian(new Shape(1), new GlobalScale.Fixed(0.5), START);
        LadderLayer layer = new LadderLayer(identity(), identity(), prior, new Concatenation(identity(), lower));
        TopLayer top = new TopLayer(identity(), upper, new StandardNormalPrior(1));
        TopDownVae model = new TopDownVae(List.of(layer), top, new NetworkDecoder(identity(), likelihood));
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1));
        double x = 0.7;
        double eps2 = -0.4;
        double eps1 = 1.1;

        Scalar q2 = head(upper, x);
        double h2 = q2.draw(eps2);
        Scalar q1 = head(lower, x, h2);
        Scalar p1 = head(prior, h2);
        double h1 = q1.draw(eps1);
        double logLikelihood = new Scalar(parameter(likelihood, "loc", h1), 0.5).logDensity(x);
        BoundTerms terms = boundTerms(model, array(x).reshape(1, 1), Noise.given(List.of(cell(eps2), cell(eps1))), 1);

        assertThat(terms.order()).isEqualTo(InferenceOrder.TOP_DOWN);
        assertThat(terms.logLikelihood().getDouble(0, 0)).isCloseTo(logLikelihood, within(1e-12));
        StochasticLayer lowest = terms.layers().get(0);
        StochasticLayer highest = terms.layers().get(1);
        assertThat(lowest.kl().getDouble(0, 0)).isCloseTo(q1.kl(p1), within(1e-12));
        assertThat(highest.kl().getDouble(0, 0)).isCloseTo(q2.kl(new Scalar(0, 1)), within(1e-12));
        assertThat(lowest.sampledKl().getDouble(0, 0)).isCloseTo(q1.logDensity(h1) - p1.logDensity(h1), within(1e-12));
        assertThat(terms.elbo().getDouble(0))
                .isCloseTo(logLikelihood - q1.kl(p1) - q2.kl(new Scalar(0, 1)), within(1e-12));
    }

    /** A normal of one dimension, in plain arithmetic. */
    private record Scalar(double loc, double scale) {
        double draw(double eps) {
            return loc + scale * eps;
        }

        double logDensity(double value) {
            double eps = (value - loc) / scale;
            return -0.5 * Math.log(2 * Math.PI) - Math.log(scale) - eps * eps / 2;
        }

        double kl(Scalar other) {
            double distance = loc - other.loc;
            return Math.log(other.scale / scale)
                    + (scale * scale + distance * distance) / (2 * other.scale * other.scale)
                    - 0.5;
        }
    }

    private static Scalar head(Block gaussian, double... inputs) {
        double logScale = 10 * Math.tanh(parameter(gaussian, "logScale", inputs) / 10);
        return new Scalar(parameter(gaussian, "loc", inputs), Math.exp(logScale));
    }

    private static double parameter(Block family, String name, double... inputs) {
        Block head = family.getChildren().values().get(name.equals("loc") ? 0 : 1);
        double sum = head.getParameters().get("bias").getArray().getDouble(0);
        for (int i = 0; i < inputs.length; i++) {
            sum += inputs[i] * head.getParameters().get("weight").getArray().getDouble(0, i);
        }
        return sum;
    }

    /** Scalars again: the features t of the identity are what they read, so that x is decoded from h2 and h1. */
    @Test
    void withSkipsTheDecoderReadsEveryLayerAndTheElboIsThatOfTheFormula() {
        Gaussian prior = new Gaussian(1, START);
        Gaussian lower = new Gaussian(1, START);
        Gaussian upper = new Gaussian(1, START);
        GlobalScaleGaussian likelihood = new GlobalScaleGaussian(new Shape(1), new GlobalScale.Fixed(0.5), START);
        LadderLayer layer = new LadderLayer(identity(), identity(), prior, new ResidualNormal(identity(), lower));
        TopLayer top = new TopLayer(identity(), upper, new StandardNormalPrior(1));
        NetworkDecoder decoder = new NetworkDecoder(identity(), likelihood);
        TopDownVae model = new TopDownVae(List.of(layer), top, decoder, TopDownPath.LATENTS_AND_FEATURES);
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1));
        double x = 0.7;
        double eps2 = -0.4;
        double eps1 = 1.1;

        double h2 = head(upper, x).draw(eps2);
        Scalar p1 = head(prior, h2);
        Scalar change = head(lower, x, h2);
        Scalar q1 = new Scalar(p1.loc + change.loc, p1.scale * change.scale);
        double h1 = q1.draw(eps1);
        double logLikelihood = new Scalar(parameter(likelihood, "loc", h2, h1), 0.5).logDensity(x);
        BoundTerms terms = boundTerms(model, array(x).reshape(1, 1), Noise.given(List.of(cell(eps2), cell(eps1))), 1);

        assertThat(terms.logLikelihood().getDouble(0, 0)).isCloseTo(logLikelihood, within(1e-12));
        assertThat(terms.layers().get(0).kl().getDouble(0, 0)).isCloseTo(q1.kl(p1), within(1e-12));
    }

    @Test
    void withSkipsEveryGivenLatentReachesTheData() {
        TopDownVae model = skips();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 6));
        NDArray top = normal(7, 1, 2);
        NDArray middle = normal(7, 1, 2);
        NDArray lowest = normal(7, 1, 3);

        double[] all = generate(model, List.of(), top, middle, lowest);
        assertThat(generate(model, List.of(), top.neg(), middle, lowest)).isNotEqualTo(all);
        assertThat(generate(model, List.of(), top, middle.neg(), lowest)).isNotEqualTo(all);
        assertThat(generate(model, List.of(), top, middle, lowest.neg())).isNotEqualTo(all);
    }

    /** With latents that are leaves, every gradient to a parameter would come round by the features of upper layers. */
    @Test
    void theFrozenPosteriorOfALayerHasNoGradientByTheFeaturesOfThoseAboveIt() {
        TopDownVae model = skips();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 6));

        assertThat(gradientOfLowest(model, inference -> inference.frozen().get()))
                .isZero();
        assertThat(gradientOfLowest(model, Inference::posterior)).isPositive();
    }

    private double gradientOfLowest(TopDownVae model, Function<Inference, ApproximatePosterior> which) {
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            Pass pass = Pass.training(store, manager, Noise.seeded(4, 0, 0)).with(Latents.LEAF);
            Inference lowest = model.boundTerms(pass, normal(3, 6), Condition.none(), 1)
                    .layers()
                    .get(0)
                    .inference();
            Distribution q = which.apply(lowest).density().orElseThrow();
            tape.backward(q.logProb(lowest.latent()).sum());
        }
        return gradientSize(model, "topDown2");
    }

    private static double gradientSize(Block model, String part) {
        double size = 0;
        for (Pair<String, Parameter> parameter : model.getParameters()) {
            if (parameter.getKey().contains(part)) {
                try (NDArray gradient = parameter.getValue().getArray().getGradient()) {
                    size += gradient.toType(DataType.FLOAT64, false).abs().sum().getDouble();
                }
            }
        }
        return size;
    }

    @Test
    void aPosteriorRelativeToAPriorOfAnotherWidthIsRefused() {
        LadderLayer layer = new LadderLayer(
                mlp(8), mlp(8), new Gaussian(3, START), new ResidualNormal(mlp(8), new Gaussian(4, START)));
        TopLayer top = new TopLayer(mlp(8), new Gaussian(2, START), new StandardNormalPrior(2));

        assertThatThrownBy(() -> new TopDownVae(List.of(layer), top, pixels())
                        .initialize(manager, DataType.FLOAT32, new Shape(1, 6)))
                .hasMessageContaining("prior has events of shape (3)")
                .hasMessageContaining("posterior of (4)");
    }

    @Test
    void mapsOfDifferentSizesCannotBeReadSideBySide() {
        assertThatThrownBy(() -> SideBySide.of(normal(1, 2, 3, 4, 4), normal(1, 2, 3, 2, 2)))
                .hasMessageContaining("(1, 2, 3, 4, 4)")
                .hasMessageContaining("maps of one size");
    }

    @Test
    void precisionWeightingIsTheNormalizedProductOfPriorAndEvidence() {
        Gaussian terms = new Gaussian(2, START);
        PrecisionWeighting weighting = new PrecisionWeighting(terms);
        weighting.initialize(manager, DataType.FLOAT64, new Shape(1, 3), new Shape(1, 4));
        NDArray features = normal(1, 5, 3);
        DiagonalNormal prior = new DiagonalNormal(normal(6, 5, 2), normal(6, 5, 2), 1);
        Pass pass = Pass.evaluation(store, manager, Noise.engine());
        DiagonalNormal product = (DiagonalNormal) weighting
                .infer(pass, features, new TopDownContext(normal(6, 5, 4), prior), Condition.none())
                .density()
                .orElseThrow();
        DiagonalNormal data = terms.of(pass, features);

        // equal up to the normalizer, which does not depend on z
        NDArray one = normal(6, 5, 2);
        NDArray two = normal(6, 5, 2);
        NDArray expected =
                prior.logProb(one).add(data.logProb(one)).sub(prior.logProb(two).add(data.logProb(two)));
        NDArray actual = product.logProb(one).sub(product.logProb(two));
        assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-9));
    }

    @Test
    void eachLayersClosedKlIsTheSampledOneInMean() {
        TopDownVae model = three();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 6));
        BoundTerms terms = boundTerms(model, normal(1, 6), Noise.seeded(4, 0, 0), 20_000);

        assertThat(terms.layers()).hasSize(3);
        for (StochasticLayer layer : terms.layers()) {
            NDArray closed = layer.analyticKl().get().orElseThrow();
            NDArray difference = layer.sampledKl().sub(closed);
            double mean = difference.mean().getDouble();
            double error = Math.sqrt(difference.square().mean().getDouble() / 20_000);
            assertThat(error).isPositive();
            assertThat(mean).isCloseTo(0, within(4 * error));
            NDArray each = layer.analyticKlEach().get().orElseThrow();
            assertThat(each.sum(new int[] {2}).toDoubleArray()).containsExactly(closed.toDoubleArray(), within(1e-10));
        }
    }

    @Test
    void layersAreListedFromTheDataUpwards() {
        TopDownVae model = three();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 6));
        BoundTerms terms = boundTerms(model, normal(2, 6), Noise.seeded(4, 0, 0), 5);

        assertThat(terms.layers().stream()
                        .map(layer -> layer.inference().latent().getShape()))
                .containsExactly(new Shape(5, 2, 4), new Shape(5, 2, 3), new Shape(5, 2, 2));
        assertThat(terms.inferred().get(0)).isSameAs(terms.layers().get(2));
    }

    @Test
    void givenLatentsReplaceTheUpperLayersAndTheRestIsDrawn() {
        TopDownVae model = three();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 6));
        NDArray top = normal(7, 1, 2);
        NDArray middle = normal(7, 1, 3);
        NDArray lowest = normal(7, 1, 4);
        NDArray eps = normal(7, 1, 4);

        double[] all = generate(model, List.of(), top, middle, lowest);
        assertThat(generate(model, List.of(), top.neg(), middle.neg(), lowest)).isEqualTo(all);
        // the lowest layer is drawn, and depends on the one above it alone
        double[] drawn = generate(model, List.of(eps), top, middle);
        assertThat(generate(model, List.of(eps), top.neg(), middle)).isEqualTo(drawn);
        assertThat(generate(model, List.of(eps), top, middle.neg())).isNotEqualTo(drawn);
    }

    private double[] generate(TopDownVae model, List<NDArray> noise, NDArray... fromTop) {
        Pass pass = Pass.evaluation(store, manager, Noise.given(noise));
        return model.generate(pass, List.of(fromTop), 7, Condition.none())
                .mean()
                .toDoubleArray();
    }

    /** Untrained log scales far beyond any bound, and data of a thousand standard deviations. */
    @Test
    void extremeInputsStayFinite() {
        TopDownVae model = three();
        model.initialize(manager, DataType.FLOAT32, new Shape(1, 6));
        model.getParameters().forEach(parameter -> {
            if (parameter.getKey().endsWith("bias")) {
                parameter.getValue().getArray().addi(20);
            }
        });
        BoundTerms terms = boundTerms(model, manager.ones(new Shape(3, 6)), Noise.seeded(1, 0, 0), 4);

        for (NDArray values : List.of(terms.elbo(), terms.logWeight())) {
            assertThat(values.isNaN().any().getBoolean()).isFalse();
            assertThat(values.isInfinite().any().getBoolean()).isFalse();
        }
    }

    @Test
    void latentsMayBeGridsOfDifferentSizes() {
        TopDownVae model = grids();
        model.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 8, 8), new Shape(1, 2));
        Condition condition = Condition.given(manager.ones(new Shape(3, 2)));
        Pass pass = Pass.evaluation(store, manager, Noise.seeded(1, 0, 0));
        NDArray x = manager.ones(new Shape(3, 1, 8, 8));

        BoundTerms terms = model.boundTerms(pass, x, condition, 5);
        assertThat(terms.logWeight().getShape()).isEqualTo(new Shape(5, 3));
        assertThat(terms.layers().get(0).inference().latent().getShape()).isEqualTo(new Shape(5, 3, 2, 4, 4));
        assertThat(model.reconstruct(pass, x, condition).mean().getShape()).isEqualTo(new Shape(1, 3, 1, 8, 8));
        assertThat(model.generate(pass, List.of(), 4, condition).mean().getShape())
                .isEqualTo(new Shape(4, 3, 1, 8, 8));
    }

    @Test
    void aPriorAndAPosteriorOfDifferentWidthsAreRefused() {
        LadderLayer layer = new LadderLayer(
                mlp(8), mlp(8), new Gaussian(3, START), new Concatenation(mlp(8), new Gaussian(4, START)));
        TopLayer top = new TopLayer(mlp(8), new Gaussian(2, START), new StandardNormalPrior(2));

        assertThatThrownBy(() -> new TopDownVae(List.of(layer), top, pixels())
                        .initialize(manager, DataType.FLOAT32, new Shape(1, 6)))
                .hasMessageContaining("prior has events of shape (3)")
                .hasMessageContaining("posterior of (4)");
    }

    private static TopDownVae three() {
        LadderLayer lowest = new LadderLayer(
                mlp(8), mlp(8), new Gaussian(4, START), new Concatenation(mlp(8), new Gaussian(4, START)));
        LadderLayer middle =
                new LadderLayer(mlp(8), mlp(8), new Gaussian(3, START), new PrecisionWeighting(new Gaussian(3, START)));
        TopLayer top = new TopLayer(mlp(8), new Gaussian(2, START), new StandardNormalPrior(2));
        return new TopDownVae(List.of(lowest, middle), top, pixels());
    }

    private static TopDownVae skips() {
        LadderLayer lowest = new LadderLayer(
                mlp(8), mlp(7), new Gaussian(3, START), new ResidualNormal(mlp(8), new Gaussian(3, START)));
        LadderLayer middle = new LadderLayer(
                mlp(6), mlp(5), new Gaussian(2, START), new ResidualNormal(mlp(6), new Gaussian(2, START)));
        TopLayer top = new TopLayer(mlp(8), new Gaussian(2, START), new StandardNormalPrior(2));
        return new TopDownVae(List.of(lowest, middle), top, pixels(), TopDownPath.LATENTS_AND_FEATURES);
    }

    /** Images of 8 by 8, a grid of 4 by 4 below a vector. */
    private static TopDownVae grids() {
        Shape image = new Shape(1, 8, 8);
        Shape maps = new Shape(4, 4, 4);
        Pyramid pyramid = new Pyramid(List.of(4), 1, Activation.RELU, START);
        Head head = new Head.Convolved(2, 3, START);
        Shape z = new Shape(2, 4, 4);
        Network down = ConvolutionalDecoderNetwork.fromVector(maps, pyramid, Upsampling.RESIZE_AND_CONVOLVE);
        LadderLayer layer = new LadderLayer(
                new ConvolutionalEncoder(image, pyramid),
                down,
                new Gaussian(z, head),
                new PrecisionWeighting(new Gaussian(z, head)));
        Encoder up = new Sequential(List.of(new ConvolutionalEncoder(maps, pyramid), mlp(8)));
        TopLayer top = new TopLayer(up, new Gaussian(3, START), new StandardNormalPrior(3));
        Network network = ConvolutionalDecoderNetwork.fromGrid(image, pyramid, Upsampling.TRANSPOSED_CONVOLUTION);
        Decoder decoder = new NetworkDecoder(network, new BernoulliPixels(image, new Head.Convolved(1, 3, START)));
        return new TopDownVae(List.of(layer), top, decoder);
    }

    private static Decoder pixels() {
        return new NetworkDecoder(mlp(8), new BernoulliPixels(new Shape(6), START));
    }

    private static Mlp mlp(int width) {
        return new Mlp(List.of(width), Activation.TANH, START);
    }

    private static Encoder identity() {
        return new Mlp(List.of(), Activation.IDENTITY, START);
    }

    private BoundTerms boundTerms(TopDownVae model, NDArray x, Noise noise, long samples) {
        return model.boundTerms(Pass.evaluation(store, manager, noise), x, Condition.none(), samples);
    }

    private NDArray normal(long... shape) {
        return manager.randomNormal(new Shape(shape), DataType.FLOAT64);
    }

    private NDArray cell(double value) {
        return array(value).reshape(1, 1, 1);
    }

    private NDArray array(double... values) {
        try (NDArray made = manager.create(values)) {
            return made.duplicate();
        }
    }
}
