package io.vae4j.experiments.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Excerpt;
import io.vae4j.experiments.data.Missing;
import io.vae4j.experiments.inference.ImputationSettings;
import io.vae4j.experiments.inference.LikelihoodBound;
import io.vae4j.experiments.inference.PseudoGibbs;
import io.vae4j.experiments.output.Contents;
import io.vae4j.experiments.output.OutputFormat;
import io.vae4j.experiments.output.OutputTarget;
import io.vae4j.experiments.output.PngFormat;
import io.vae4j.experiments.output.RowWriter;
import io.vae4j.experiments.output.WrittenArrays;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.Small;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written about examples, against what the model says of each. */
class BatchInferenceTest {

    private static final int COUNT = 45;

    @TempDir
    private Path home;

    @Test
    void codesOfAllBatchesAreThoseOfTheModelInTheirOrder() throws Exception {
        try (TrainedModel model = trained("slides");
                NDManager manager = model.newManager();
                BatchInference inference = inference(model, Optional.empty())) {
            WrittenArrays read =
                    WrittenArrays.read(manager, inference.write(new Encoding(model), target("z.npz"), done -> {}));
            NDArray x = manager.create(levels(COUNT), new Shape(COUNT, 36));

            assertThat(read.arrays()).containsOnlyKeys("mean", "scale", "label");
            assertThat(read.array("mean").allClose(model.encode(x, Condition.none()), 1e-5, 1e-6, false))
                    .isTrue();
            assertThat(read.array("label").toLongArray())
                    .startsWith(0, 1, 2, 3, 4, 5, 0)
                    .hasSize(COUNT);
        }
    }

    @Test
    void layersAreNumberedFromTheData() throws Exception {
        try (TrainedModel model = deep();
                NDManager manager = model.newManager();
                BatchInference inference = inference(model, Optional.empty())) {
            assertThat(WrittenArrays.read(
                                    manager, inference.write(new Encoding(model), target("z.safetensors"), done -> {}))
                            .arrays())
                    .containsKeys("mean_1", "scale_1", "mean_2", "scale_2", "label");
        }
    }

    @Test
    void reconstructionsHaveTheShapeOfTheData() throws Exception {
        try (TrainedModel model = trained("slides");
                NDManager manager = model.newManager();
                BatchInference inference = inference(model, Optional.empty())) {
            WrittenArrays read = WrittenArrays.read(
                    manager, inference.write(new Reconstruction(model), target("x.npz"), done -> {}));

            assertThat(read.array("mean").getShape()).isEqualTo(new Shape(COUNT, 1, 6, 6));
            assertThat(inference.write(new Reconstruction(model), target("x.png"), done -> {}))
                    .isNotEmptyFile();
        }
    }

    @Test
    void scoresComeOutliersFirstAndTheSameSeedGivesTheSameFile() throws Exception {
        try (TrainedModel model = trained("vae");
                NDManager manager = model.newManager();
                BatchInference inference = inference(model, Optional.empty())) {
            ExampleScores scores = ExampleScores.of(inference, LikelihoodBound.IWAE, 10, done -> {});
            Path file = new ScoreTable(inference, scores).write(target("s.npz"));
            byte[] bytes = Files.readAllBytes(file);
            ExampleScores again = ExampleScores.of(inference, LikelihoodBound.IWAE, 10, done -> {});
            double[] nll = WrittenArrays.read(manager, file).array("nll").toDoubleArray();

            assertThat(nll).hasSize(COUNT).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(new ScoreTable(inference, again).write(target("s.npz"))).hasBinaryContent(bytes);
            assertThat(new ScoreTable(inference, scores).draw(target("s.png"))).isNotEmptyFile();
        }
    }

    /** Seven examples of the second batch are asked for, or all of it. */
    @Test
    void whatIsSaidOfAnExampleDoesNotDependOnHowManyAreAskedFor() throws Exception {
        Missing left = example -> {
            assertThat(example).isLessThan(40);
            return Missing.where(36, element -> element % 6 < 3);
        };
        ImputationSettings settings = new ImputationSettings(new PseudoGibbs(), 4, 2, 7);
        try (TrainedModel model = opened("vae");
                NDManager manager = model.newManager();
                BatchInference some = inference(model, 27);
                BatchInference more = inference(model, 40)) {
            for (Question question : List.of(new Encoding(model), new MissingValues(model, left, settings, 0))) {
                WrittenArrays few = WrittenArrays.read(manager, some.write(question, target("few.npz"), done -> {}));
                WrittenArrays many = WrittenArrays.read(manager, more.write(question, target("many.npz"), done -> {}));

                few.arrays()
                        .forEach((name, array) -> assertThat(array)
                                .as(name)
                                .isEqualTo(many.array(name).get(":27")));
            }
            assertThat(nll(some)).containsExactly(Arrays.copyOf(nll(more), 27));
        }
    }

    /** As where a table's rows are spread over machines. */
    @ParameterizedTest
    @ValueSource(strings = {"dynamic-binarization", "static-binarization"})
    void whatIsSaidOfAnExampleDoesNotDependOnWhetherTheOthersAreAtHand(String values) throws Exception {
        Examples all = Small.data().test();
        Examples few = all.select(IntStream.range(40, 50).toArray());
        try (TrainedModel model = opened("vae", "data.values=" + values);
                BatchInference whole = inference(model, 50);
                BatchInference excerpt =
                        BatchInference.of(model, few, new Excerpt(40, 50), Optional.empty(), few.count(), 0);
                BatchInference ofFifty = BatchInference.of(
                        model, all.select(IntStream.range(0, 50).toArray()), Optional.empty(), 50, 0)) {
            assertThat(nll(excerpt)).containsExactly(Arrays.copyOfRange(nll(ofFifty), 40, 50));
            assertThat(nll(excerpt)).isNotEqualTo(Arrays.copyOfRange(nll(whole), 40, 50));
            assertThat(excerpt.likelihood(120, done -> {}).logLikelihood())
                    .containsExactly(Arrays.copyOfRange(
                            ofFifty.likelihood(120, done -> {}).logLikelihood(), 40, 50));
        }
    }

    @Test
    void anExcerptBeginsWithABatch() throws Exception {
        try (TrainedModel model = opened("vae")) {
            Excerpt within = new Excerpt(30, 60);
            assertThatThrownBy(() -> BatchInference.of(model, Small.data().test(), within, Optional.empty(), 5, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("multiples of 20");
        }
    }

    private static double[] nll(BatchInference inference) {
        return ExampleScores.of(inference, LikelihoodBound.IWAE, 5, done -> {})
                .nll()
                .orElseThrow();
    }

    @Test
    void aFormatOfAPluginsOwnThatIsAPictureShowsOutliers() throws Exception {
        try (TrainedModel model = trained("slides");
                BatchInference inference = inference(model, Optional.empty())) {
            ExampleScores scores = ExampleScores.ofReconstructions(inference, done -> {});
            OutputTarget own = new OutputTarget(home.resolve("outliers.own"), new OwnPicture());

            assertThat(ImageIO.read(new ScoreTable(inference, scores).write(own).toFile()))
                    .isNotNull();
        }
    }

    private static final class OwnPicture implements OutputFormat {

        @Override
        public String extension() {
            return "own";
        }

        @Override
        public boolean isPicture() {
            return true;
        }

        @Override
        public RowWriter begin(Path draft, Contents contents) {
            return new PngFormat().begin(draft, contents);
        }
    }

    @Test
    void observedPixelsAreKeptAndMissingOnesAreMarked() throws Exception {
        try (TrainedModel model = trained("slides");
                NDManager manager = model.newManager();
                BatchInference inference = inference(model, Optional.empty())) {
            Missing left =
                    new Masks(model.view().summary(), 0, path -> Small.data().test()).named("left");
            ImputationSettings settings = new ImputationSettings(new PseudoGibbs(), 4, 2, 2);
            WrittenArrays read = WrittenArrays.read(
                    manager, inference.write(new MissingValues(model, left, settings, 0), target("i.npz"), done -> {}));
            NDArray x = manager.create(levels(COUNT), new Shape(COUNT, 1, 6, 6));

            assertThat(read.arrays()).containsOnlyKeys("imputed", "draw", "standard_deviation", "missing", "label");
            assertThat(read.array("missing").get("0").toUint8Array()).startsWith(1, 1, 1, 0, 0, 0, 1, 1, 1);
            assertThat(read.array("imputed").get(":, :, :, 3:")).isEqualTo(x.get(":, :, :, 3:"));
            assertThat(read.array("imputed").get(":, :, :, :3")).isNotEqualTo(x.get(":, :, :, :3"));
        }
    }

    @Test
    void masksThatAreNoneAreOneLine() throws Exception {
        try (TrainedModel model = trained("slides")) {
            Masks masks =
                    new Masks(model.view().summary(), 0, path -> Small.data().test());

            for (String name : List.of("lefty", "random:2", "random:x", "no-such.npz")) {
                assertThatThrownBy(() -> masks.named(name)).isInstanceOf(InvalidInput.class);
            }
            Missing half = masks.named("random:0.5");
            long count = IntStream.range(0, 100)
                    .map(example -> half.of(example).cardinality())
                    .sum();
            assertThat(count).isBetween(1650L, 1950L);
        }
    }

    @Test
    void linesBetweenCodesBeginAndEndAtTheReconstructions() throws Exception {
        try (TrainedModel model = trained("slides");
                NDManager manager = model.newManager();
                BatchInference inference = inference(model, Optional.empty())) {
            Interpolations line = new Interpolations(List.of(new Interpolations.Pair(2, 25)), 5);
            NDArray mean = WrittenArrays.read(manager, line.write(inference, target("l.npz"), done -> {}))
                    .array("mean");
            NDArray all = WrittenArrays.read(
                            manager, inference.write(new Reconstruction(model), target("x.npz"), done -> {}))
                    .array("mean");

            assertThat(mean.getShape()).isEqualTo(new Shape(5, 1, 6, 6));
            assertThat(mean.get("0").allClose(all.get("2"), 1e-4, 1e-5, false)).isTrue();
            assertThat(mean.get("4").allClose(all.get("25"), 1e-4, 1e-5, false)).isTrue();
            assertThatThrownBy(() -> new Interpolations(List.of(new Interpolations.Pair(0, COUNT)), 5)
                            .write(inference, target("no.npz"), done -> {}))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("no example 45");
            assertThat(home.resolve("no.npz")).doesNotExist();
        }
    }

    @Test
    void aConditionalModelTakesTheLabelsOrTheConditionThatIsGiven() throws Exception {
        try (TrainedModel model = trained("cvae")) {
            Examples unlabeled = new Examples(Small.data().test().values());

            assertThatThrownBy(() -> BatchInference.of(model, unlabeled, Optional.empty(), 5, 0))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("--condition");
            float[] own;
            float[] other;
            try (NDManager manager = model.newManager();
                    BatchInference labels = inference(model, Optional.empty());
                    BatchInference given = inference(model, Optional.of(3))) {
                own = codes(manager, labels, "own.npz");
                other = codes(manager, given, "other.npz");
            }
            assertThat(other[2 * 3]).isEqualTo(own[2 * 3]);
            assertThat(other[0]).isNotEqualTo(own[0]);
        }
    }

    @Test
    void whoStopsFindsNothingWritten() throws Exception {
        try (TrainedModel model = trained("slides");
                BatchInference inference = inference(model, Optional.empty())) {
            assertThatThrownBy(() -> inference.write(new Encoding(model), target("z.npz"), done -> {
                        throw new IllegalStateException("stopped at " + (int) done);
                    }))
                    .hasMessage("stopped at 20");
            assertThat(home.resolve("z.npz")).doesNotExist();
            assertThat(home).isDirectoryNotContaining("glob:**.part*");
        }
    }

    private static float[] codes(NDManager manager, BatchInference inference, String name) throws IOException {
        Path folder = Files.createTempDirectory("codes");
        Path file =
                inference.write(new Encoding(inference.trained()), OutputTarget.at(folder.resolve(name)), done -> {});
        return WrittenArrays.read(manager, file).array("mean").toFloatArray();
    }

    private OutputTarget target(String name) {
        return OutputTarget.at(home.resolve(name));
    }

    private static BatchInference inference(TrainedModel model, Optional<Integer> condition) {
        return BatchInference.of(model, Small.data().test(), condition, COUNT, 0);
    }

    private static BatchInference inference(TrainedModel model, int count) {
        return BatchInference.of(model, Small.data().test(), Optional.empty(), count, 0);
    }

    private static float[] levels(int count) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            int[] bytes = Small.data()
                    .test()
                    .values()
                    .stored(manager)
                    .get(":" + count)
                    .toUint8Array();
            float[] levels = new float[bytes.length];
            for (int i = 0; i < levels.length; i++) {
                levels[i] = bytes[i] / 255f;
            }
            return levels;
        }
    }

    private TrainedModel deep() throws IOException {
        return opened("iwae-2layer", "objective.samples=2");
    }

    private TrainedModel trained(String recipe) throws IOException {
        return opened(recipe);
    }

    private TrainedModel opened(String recipe, String... overrides) throws IOException {
        Path run = home.resolve("run-" + recipe);
        if (!Files.exists(run)) {
            try (TrainingSession session = Small.session(small(recipe, overrides), 0)) {
                session.run(run);
            }
        }
        return TrainedModel.load(RunFolder.reading(run), Device.cpu());
    }

    private static Recipe small(String recipe, String... overrides) {
        return recipe.equals("iwae-2layer")
                ? Recipes.find(
                        recipe, List.of("train.batch=32", "train.epochs=1", "train.figureEpochs=[1]", overrides[0]))
                : Small.recipe(recipe, 1, overrides);
    }
}
