package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.models.vq.Codes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every built-in recipe must do, on pictures of MNIST's size: two steps, a test, a checkpoint, an evaluation. */
class EveryRecipeTest {

    static final List<String> NAMES = Recipes.NAMES;

    private static final Dataset DATA = Small.squares(32, 20);

    /** What is made for a GPU, with smaller networks of the same kinds; what dequantizes bytes, without, for bits. */
    static final Map<String, List<String>> SMALLER = Map.of(
            "deep-conv-full",
            List.of("model.layers=[{channels: 8, residualBlocks: 1, latent: 2},"
                    + " {channels: 8, residualBlocks: 1, latent: 3}]"),
            "faces-32",
            List.of("data.values=as-stored"),
            "faces-64",
            List.of("data.values=as-stored"),
            "faces-64-full",
            List.of(
                    "data.values=as-stored",
                    "model.layers=[{channels: 8, residualBlocks: 1, latent: 2},"
                            + " {channels: 8, residualBlocks: 0, latent: 3}]"),
            "vq-vae-2-full",
            List.of(
                    "model.channels=[8, 8]",
                    "model.topChannels=8",
                    "model.quantizer.codebook.count=32",
                    "model.prior={width: 16, layers: 1}"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("NAMES")
    void trainsTestsAndGoesOnFromItsCheckpointAsIfItHadNotStopped(String name) throws IOException {
        Checkpoint checkpoint = new Checkpoint(folder.resolve("epoch-0001"));
        Measurement straight;
        try (TrainingSession session = session(name)) {
            assertThat(session.loop().train(1).raw(StandardMetrics.LOSS)).isFinite();
            checkpoint.save(
                    1,
                    2,
                    0,
                    new Checkpoint.Content(
                            ModelState.tensors(session.model().model()),
                            session.step().state(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
            session.loop().train(2);
            straight = session.loop().test(2);
        }
        try (TrainingSession session = session(name);
                NDManager scratch = session.model().newManager()) {
            checkpoint.loadModel(scratch, ModelState.tensors(session.model().model()));
            checkpoint.loadOptimizer(scratch, session.step().state());
            session.loop().train(2);

            assertThat(straight.raw(StandardMetrics.LOSS)).isFinite();
            assertThat(straight.value(StandardMetrics.PERPLEXITY).isPresent())
                    .isEqualTo(!Codes.in(session.model().model()).isEmpty());
            assertThat(timeless(session.loop().test(2))).isEqualTo(timeless(straight));
        }
    }

    private static Map<String, Double> timeless(Measurement measurement) {
        Map<String, Double> values = new TreeMap<>(measurement.values());
        values.remove(StandardMetrics.SECONDS.key());
        return values;
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void explainsImagesBetterAfterTenStepsThanAfterTwo(String name) {
        try (TrainingSession session = session(name)) {
            TrainingLoop loop = session.loop();
            double start = loop.train(1).raw(StandardMetrics.RECONSTRUCTION);
            for (int epoch = 2; epoch < 5; epoch++) {
                loop.train(epoch);
            }

            assertThat(loop.train(5).raw(StandardMetrics.RECONSTRUCTION)).isLessThan(start);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void drawsImagesAndHasALikelihoodUnlessItsPosteriorIsAPoint(String name) {
        try (TrainingSession session = session(name);
                NDManager scratch = session.model().newManager();
                Evaluator evaluator = new Evaluator(session.model(), DATA.test())) {
            TrainedModel trained = session.model();
            Samples.Drawn drawn = new Samples(trained, 3, Optional.empty()).draw(scratch, 13);

            assertThat(drawn.means().size()).isEqualTo(13 * 28 * 28);
            assertThat(drawn.samples().getShape()).isEqualTo(drawn.means().getShape());
            assertThat(drawn.classes().map(NDArray::getShape))
                    .isEqualTo(
                            trained.view().condition() == ConditionName.LABEL
                                    ? Optional.of(new Shape(13))
                                    : Optional.empty());
            if (trained.card().density() != Density.NONE) {
                // in two portions, so that images and conditions are lent twice
                double[] logLikelihood = LikelihoodEvaluator.measure(evaluator, 0, 101, 2, done -> {})
                        .logLikelihood();
                assertThat(Arrays.stream(logLikelihood)).hasSize(2).allMatch(Double::isFinite);
            }
        }
    }

    /** The recipes whose runs people have; a new one that shares their model needs no lines of its own. */
    static Stream<String> recipesOfOlderRunFolders() throws IOException {
        return keptNames().map(line -> line.split(" ", -1)[0]).distinct().filter(NAMES::contains);
    }

    @ParameterizedTest
    @MethodSource("recipesOfOlderRunFolders")
    void weightsHaveTheNamesUnderWhichOlderRunFoldersKeepThem(String name) throws IOException {
        assertThatWeightsHaveTheNamesKept(name, Recipes.find(name, List.of("train.batch=16")));
    }

    @Test
    void weightsOfAMarkovChainOfLayersHaveTheNamesUnderWhichOlderRunFoldersKeepThem() throws IOException {
        List<String> markov =
                List.of("model.path=latents", "model.connection=plain", "model.posterior=precision-weighting");
        assertThatWeightsHaveTheNamesKept("deep-vae-of-2026-11-27", Recipes.find("deep-vae", markov));
    }

    private static Stream<String> keptNames() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String day : List.of("2026-11-27", "2026-11-28")) {
            lines.addAll(Files.readAllLines(Path.of("src/test/resources/weights-of-" + day + ".txt")));
        }
        return lines.stream();
    }

    private static void assertThatWeightsHaveTheNamesKept(String model, Recipe recipe) throws IOException {
        List<String> names = keptNames()
                .filter(line -> line.startsWith(model + " "))
                .map(line -> line.substring(model.length() + 1))
                .toList();
        try (TrainingSession session = Small.session(recipe, DATA, 0)) {
            assertThat(ModelState.tensors(session.model().model()).keySet())
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static TrainingSession session(String name) {
        List<String> overrides = new ArrayList<>(List.of("train.batch=16"));
        overrides.addAll(SMALLER.getOrDefault(name, List.of()));
        return Small.session(Recipes.find(name, overrides), DATA, 0);
    }
}
