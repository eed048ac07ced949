package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.PosteriorFamily;
import io.vae4j.core.model.Prior;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.flow.Planar;
import io.vae4j.models.hierarchical.Concatenation;
import io.vae4j.models.hierarchical.LadderLayer;
import io.vae4j.models.hierarchical.PrecisionWeighting;
import io.vae4j.models.hierarchical.TopDownVae;
import io.vae4j.models.hierarchical.TopLayer;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.network.Sequential;
import io.vae4j.models.posterior.FlowPosterior;
import io.vae4j.models.prior.MixturePrior;
import io.vae4j.models.prior.StandardNormalPrior;
import io.vae4j.models.prior.VampPrior;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What initializing a model does to its parts, in which order, and what it refuses. */
class InitializationTest extends ModelTest {

    private static final DataType TYPE = DataType.FLOAT32;
    private static final Shape X = new Shape(1, Models.PIXELS);
    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    static Stream<Build> builds() {
        return Conformance.models().flatMap(ConformingModel::builds);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void everyPartIsReadyForCodeThatKnowsOnlyDjl(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        Shape[] inputs = model.describeInput().values().toArray(Shape[]::new);

        assertThat(parts(model)).allMatch(Block::isInitialized);
        assertThat(model.getOutputShapes(inputs)).containsExactly(X);
        assertThat(model.toString()).contains("encoder");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void aModelThatIsInitializedAgainKeepsItsWeights(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        List<NDArray> before = arrays(model);
        model.initialize(manager, TYPE, model.describeInput().values().toArray(Shape[]::new));

        assertThat(arrays(model))
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .isEqualTo(before);
    }

    @Test
    void weightsAreDrawnPartByPart() {
        Mlp network = mlp(8);
        FullGaussian posterior = new FullGaussian(3, START);
        Vae top = new Vae(mlp(5), gaussian(2), new NetworkDecoder(mlp(4), gaussian(3)), new MixturePrior(2, 3));
        NetworkDecoder decoder = new NetworkDecoder(mlp(7), pixels());
        Map<String, float[]> whole = weights(initialized(new Vae(network, posterior, decoder, top), TYPE));
        network.clear();
        posterior.clear();
        decoder.clear();
        top.clear();
        Engine.getInstance().setRandomSeed(11);
        Vae again = new Vae(network, posterior, decoder, top);
        network.initialize(manager, TYPE, X);
        posterior.initialize(manager, TYPE, new Shape(1, 8));
        decoder.initialize(manager, TYPE, new Shape(1, 3));
        top.initialize(manager, TYPE, new Shape(1, 3));

        assertThat(weights(again)).usingRecursiveComparison().isEqualTo(whole);
    }

    /** A family reads the scale first. */
    @Test
    void theWeightsOfAMeanAreDrawnBeforeThoseOfItsScale() {
        Gaussian family = gaussian(3);
        Map<String, float[]> whole = weights(initialized(family, TYPE));
        Engine.getInstance().setRandomSeed(11);
        Gaussian partly = gaussian(3);
        partly.getChildren().get("01loc").initialize(manager, TYPE, X);

        assertThat(weights(partly.getChildren().get("01loc")).get("weight")).isEqualTo(whole.get("01loc_weight"));
    }

    @Test
    void aPlanarFlowsAmplitudeIsDrawnFirst() {
        Planar flow = new Planar(2, START);
        Engine.getInstance().setRandomSeed(11);
        flow.initialize(manager, TYPE, new Shape(1, 2), X);
        Engine.getInstance().setRandomSeed(11);
        Block first = new Planar(2, START).getChildren().get("01u");
        first.initialize(manager, TYPE, X);

        assertThat(weights(first).get("weight")).isEqualTo(weights(flow).get("01u_weight"));
    }

    @Test
    void theTopsPriorIsDrawnBeforeTheLayersBelowIt() {
        MixturePrior prior = new MixturePrior(2, 3);
        Mlp down = mlp(5);
        LadderLayer layer = new LadderLayer(mlp(8), down, gaussian(3), new Concatenation(mlp(6), gaussian(3)));
        TopDownVae model = new TopDownVae(
                List.of(layer), new TopLayer(mlp(4), gaussian(2), prior), new NetworkDecoder(mlp(7), pixels()));
        initialized(model, TYPE);
        Map<String, float[]> whole = weights(prior, down);
        Engine.getInstance().setRandomSeed(11);
        // as many numbers as the parts before them take
        mlp(8).initialize(manager, TYPE, X);
        mlp(4).initialize(manager, TYPE, new Shape(1, 8));
        gaussian(2).initialize(manager, TYPE, new Shape(1, 4));
        prior.clear();
        down.clear();
        prior.initialize(manager, TYPE, new Shape(1, 2));
        down.initialize(manager, TYPE, new Shape(1, 2));

        assertThat(weights(prior, down)).usingRecursiveComparison().isEqualTo(whole);
    }

    @Test
    void theEncoderOfAVampPriorIsTheModelsToInitializeAndToSave() {
        Mlp encoder = mlp(8);
        Prior prior = new VampPrior(encoder, gaussian(3), Models.pseudoInputs(4));
        prior.initialize(manager, TYPE, new Shape(1, 3));

        assertThat(prior.isInitialized()).isTrue();
        assertThat(prior.getParameters().keys()).containsExactly("pseudoInputs");
        assertThat(encoder.isInitialized()).isFalse();
        assertThat(initialized(Models.vampPrior(), TYPE).getParameters().keys())
                .filteredOn(name -> name.contains("fc1_weight"))
                .containsExactly("01encoder_01fc1_weight", "03decoder_01network_01fc1_weight");
    }

    @Test
    void anEncoderThatIsWrittenForDjlAloneIsInitializedByTheShapesThatItSees() {
        Foreign encoder = new Foreign();
        Vae model = new Vae(encoder, gaussian(3), new NetworkDecoder(mlp(8), pixels()), new StandardNormalPrior(3));
        initialized(model, DataType.FLOAT64);

        assertThat(encoder.linear.getParameters().get("weight").getArray().getShape())
                .isEqualTo(new Shape(5, Models.PIXELS));
        assertThatBoundsAreOfFourExamples(model);
    }

    @Test
    void everyPartOfALadderMayBeWrittenForDjlAlone() {
        LadderLayer layer = new LadderLayer(
                new Foreign(), new Foreign(), new ForeignGaussian(3), new PrecisionWeighting(new ForeignGaussian(3)));
        TopLayer top = new TopLayer(new Foreign(), new ForeignGaussian(2), new StandardNormalPrior(2));
        TopDownVae model = new TopDownVae(List.of(layer), top, new NetworkDecoder(new Foreign(), pixels()));
        initialized(model, DataType.FLOAT64);

        assertThatBoundsAreOfFourExamples(model);
    }

    @Test
    void theBaseOfAFlowMayBeWrittenForDjlAlone() {
        FlowPosterior posterior = new FlowPosterior(new ForeignGaussian(3), List.of(new Planar(3, START)));
        Vae model = new Vae(mlp(8), posterior, new NetworkDecoder(mlp(8), pixels()), new StandardNormalPrior(3));
        initialized(model, DataType.FLOAT64);

        assertThatBoundsAreOfFourExamples(model);
    }

    private void assertThatBoundsAreOfFourExamples(LatentModel model) {
        NDArray x = bits(4, DataType.FLOAT64);
        NDArray elbo = model.boundTerms(evaluation(Noise.seeded(1, 0, 0)), x, Condition.none(), 3)
                .elbo();

        assertThat(elbo.getShape()).isEqualTo(new Shape(4));
        assertThat(elbo.getDataType()).isEqualTo(DataType.FLOAT64);
    }

    @Test
    void aPartThatWasLoadedBeforeTheModelWasInitializedLearns() throws IOException, MalformedModelException {
        for (Encoder encoder : List.of(mlp(5), new Foreign())) {
            ByteArrayOutputStream weights = new ByteArrayOutputStream();
            encoder.initialize(manager, TYPE, X);
            encoder.saveParameters(new DataOutputStream(weights));
            encoder.clear();
            encoder.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(weights.toByteArray())));
            Map<String, float[]> loaded = weights(encoder);
            Vae model = new Vae(encoder, gaussian(3), new NetworkDecoder(mlp(8), pixels()), new StandardNormalPrior(3));
            initialized(model, TYPE);
            assertThat(weights(encoder)).usingRecursiveComparison().isEqualTo(loaded);
            assertThat(encoder.getParameters().values())
                    .allMatch(parameter -> parameter.getArray().hasGradient());
            takeAStep(model);

            weights(encoder).forEach((name, after) -> assertThat(after).as(name).isNotEqualTo(loaded.get(name)));
        }
    }

    private void takeAStep(LatentModel model) {
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
            step.on(bits(4, TYPE), Condition.none(), new Elbo(), 0.01);

            assertThat(step.state()).hasSize(2 * model.getParameters().size());
        }
    }

    /** Adam's first step is as long as the rate, whatever the gradient. */
    @Test
    void weightsThatAreTiedTakeOneStepAndHaveOneMemory() {
        Mlp twice = mlp(Models.PIXELS);
        Vae model = new Vae(
                new Sequential(List.of(twice, twice)),
                gaussian(3),
                new NetworkDecoder(mlp(8), pixels()),
                new StandardNormalPrior(3));
        initialized(model, TYPE);
        List<float[]> before = values(twice);
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
            step.on(bits(4, TYPE), Condition.none(), new Elbo(), 0.01);

            assertThat(step.state())
                    .hasSize(2
                            * (model.getParameters().size()
                                    - twice.getParameters().size()))
                    .containsKey("encoder.network1.fc1.weight.exp_avg")
                    .doesNotContainKey("encoder.network2.fc1.weight.exp_avg");
        }

        List<float[]> after = values(twice);
        for (int i = 0; i < after.size(); i++) {
            for (int j = 0; j < after.get(i).length; j++) {
                assertThat(Math.abs(after.get(i)[j] - before.get(i)[j])).isCloseTo(0.01f, within(1e-4f));
            }
        }
    }

    @Test
    void partsThatDoNotFitAreRefusedWhenTheModelIsInitialized() {
        Vae narrowDecoder = Models.over(new BernoulliPixels(new Shape(5), START));
        assertThatThrownBy(() -> initialized(narrowDecoder, TYPE))
                .hasMessageContaining("the decoder's events have shape (5) and the data (6)");
        assertThatThrownBy(() -> initialized(Models.with(new StandardNormalPrior(2)), TYPE))
                .hasMessageContaining("the prior has events of shape (2) and z of the posterior of (3)");
        LadderLayer weighted = new LadderLayer(mlp(8), mlp(8), gaussian(3), new PrecisionWeighting(gaussian(4)));
        assertThatThrownBy(() -> initialized(
                        new TopDownVae(List.of(weighted), top(), new NetworkDecoder(mlp(8), pixels())), TYPE))
                .hasMessageContaining("prior has events of shape (3) and its posterior of (4)");
        TopDownVae wide =
                new TopDownVae(List.of(), top(), new NetworkDecoder(mlp(8), new BernoulliPixels(new Shape(7), START)));
        assertThatThrownBy(() -> initialized(wide, TYPE)).hasMessageContaining("the decoder's events have shape (7)");
    }

    @Test
    void aRefusedModelIsAsUninitializedAsItWasAndCanBeInitializedForOtherShapes() {
        Mlp loaded = mlp(5);
        loaded.initialize(manager, TYPE, X);
        Vae model = new Vae(
                new Sequential(List.of(loaded, mlp(4))),
                gaussian(3),
                new NetworkDecoder(mlp(8), pixels()),
                new StandardNormalPrior(3));
        int held = manager.getManagedArrays().size();
        Shape wrong = new Shape(1, Models.PIXELS + 1);
        assertThatThrownBy(() -> model.initialize(manager, TYPE, wrong)).isInstanceOf(RuntimeException.class);

        assertThat(parts(model).filter(Block::isInitialized))
                .containsExactlyInAnyOrderElementsOf(parts(loaded).toList());
        assertThat(manager.getManagedArrays()).hasSize(held);
        initialized(model, TYPE);
        assertThat(model.boundTerms(evaluation(Noise.seeded(1, 0, 0)), bits(4, TYPE), Condition.none(), 1)
                        .elbo()
                        .getShape())
                .isEqualTo(new Shape(4));
    }

    @Test
    void aModelThatWasRefusedWithAConditionDescribesItsInputsWithoutOne() {
        Vae model = Models.over(new BernoulliPixels(new Shape(5), START));
        assertThatThrownBy(() -> model.initialize(manager, TYPE, X, new Shape(1, 2)))
                .hasMessageContaining("the decoder's events have shape (5)");
        model.initialize(manager, TYPE, new Shape(1, 5));

        assertThat(model.describeInput().values()).containsExactly(new Shape(1, 5));
    }

    @Test
    void aModelWhosePartsDoNotFitCanBeInitializedForTheDataThatTheyFit() {
        Vae model = Models.over(new BernoulliPixels(new Shape(5), START));
        assertThatThrownBy(() -> initialized(model, TYPE)).hasMessageContaining("the decoder's events have shape (5)");
        assertThat(parts(model)).noneMatch(Block::isInitialized);
        model.initialize(manager, TYPE, new Shape(1, 5));

        assertThat(model.describeInput().values()).containsExactly(new Shape(1, 5));
        assertThat(parts(model)).allMatch(Block::isInitialized);
    }

    private static TopLayer top() {
        return new TopLayer(mlp(8), gaussian(2), new StandardNormalPrior(2));
    }

    private static Stream<Block> parts(Block block) {
        return Stream.concat(
                Stream.of(block), block.getChildren().values().stream().flatMap(InitializationTest::parts));
    }

    private static Map<String, float[]> weights(Block... blocks) {
        return Stream.of(blocks)
                .flatMap(block -> block.getParameters().stream())
                .collect(Collectors.toMap(named -> named.getKey(), named -> floats(named.getValue())));
    }

    private static List<float[]> values(Block block) {
        return block.getParameters().values().stream()
                .map(InitializationTest::floats)
                .toList();
    }

    private static float[] floats(Parameter parameter) {
        return parameter.getArray().toFloatArray();
    }

    private static Mlp mlp(int width) {
        return new Mlp(List.of(width), Activation.TANH, START);
    }

    private static Gaussian gaussian(long dimensions) {
        return new Gaussian(dimensions, START);
    }

    private static BernoulliPixels pixels() {
        return new BernoulliPixels(new Shape(Models.PIXELS), START);
    }

    /** A layer of DJL's as the network of q(z|x), with none of this project's base classes. */
    private static class Foreign extends AbstractBlock implements Encoder {

        final Linear linear;

        Foreign() {
            this(5);
        }

        Foreign(long units) {
            linear = addChildBlock("linear", Linear.builder().setUnits(units).build());
        }

        @Override
        public NDArray features(Pass pass, NDArray x, Condition condition) {
            return linear.forward(pass.store(), new NDList(x), pass.training()).singletonOrThrow();
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
            return linear.forward(store, inputs, training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            linear.initialize(manager, type, inputs[0]);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return linear.getOutputShapes(inputs);
        }
    }

    /** A Gaussian of unit scale, whose mean is a layer of DJL's. */
    private static final class ForeignGaussian extends Foreign implements PosteriorFamily<DiagonalNormal> {

        ForeignGaussian(long dimensions) {
            super(dimensions);
        }

        @Override
        public DiagonalNormal of(Pass pass, NDArray features) {
            NDArray loc = features(pass, features, Condition.none());
            return new DiagonalNormal(loc, loc.zerosLike(), 1);
        }

        @Override
        public Support support() {
            return Support.REAL;
        }
    }
}
