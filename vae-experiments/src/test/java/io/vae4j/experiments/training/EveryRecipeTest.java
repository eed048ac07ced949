package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.evaluation.Likelihoods;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every built-in recipe must do, on pictures of MNIST's size: two steps, a test, a checkpoint, an evaluation. */
class EveryRecipeTest {

    static final List<String> NAMES = Recipes.NAMES;

    private static final ImageData DATA = Small.squares(32, 20);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("NAMES")
    void trainsTestsAndGoesOnFromItsCheckpointAsIfItHadNotStopped(String name) throws IOException {
        Checkpoint checkpoint = new Checkpoint(folder.resolve("epoch-0001"));
        Metrics straight;
        try (Experiment experiment = experiment(name)) {
            TrainingLoop loop = loop(experiment);
            assertThat(loop.train(1).finite()).isTrue();
            checkpoint.save(experiment, 1, 2);
            loop.train(2);
            straight = loop.test(2);
        }
        try (Experiment experiment = experiment(name)) {
            checkpoint.load(experiment);
            TrainingLoop loop = loop(experiment);
            loop.train(2);

            assertThat(straight.finite()).isTrue();
            assertThat(straight.perplexity().isPresent())
                    .isEqualTo(experiment.codebook().isPresent());
            assertThat(loop.test(2))
                    .usingRecursiveComparison()
                    .ignoringFields("seconds")
                    .isEqualTo(straight);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void explainsImagesBetterAfterTenStepsThanAfterTwo(String name) {
        try (Experiment experiment = experiment(name)) {
            TrainingLoop loop = loop(experiment);
            double start = loop.train(1).reconstruction();
            for (int epoch = 2; epoch < 5; epoch++) {
                loop.train(epoch);
            }

            assertThat(loop.train(5).reconstruction()).isLessThan(start);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void drawsImagesAndHasALikelihoodUnlessItsPosteriorIsAPoint(String name) {
        try (Experiment experiment = experiment(name);
                NDManager scratch = experiment.manager().newSubManager()) {
            Samples.Drawn drawn = new Samples(experiment, 3, Optional.empty()).draw(scratch, 13);

            assertThat(drawn.means().size()).isEqualTo(13 * 28 * 28);
            assertThat(drawn.pixels().getShape()).isEqualTo(drawn.means().getShape());
            assertThat(drawn.classes().map(NDArray::getShape))
                    .isEqualTo(
                            experiment.recipe().data().condition() == ConditionName.LABEL
                                    ? Optional.of(new Shape(13))
                                    : Optional.empty());
            if (experiment.recipe().model().density() != Density.NONE) {
                // in two portions, so that images and conditions are lent twice
                double[] logLikelihood = new Likelihoods(experiment, 0, 101, 2, done -> {}).logLikelihood();
                assertThat(Arrays.stream(logLikelihood)).hasSize(2).allMatch(Double::isFinite);
            }
        }
    }

    private static TrainingLoop loop(Experiment experiment) {
        return new TrainingLoop(experiment, Progress.silent(), new StopSignal());
    }

    private static Experiment experiment(String name) {
        Recipe recipe = Recipes.find(name, List.of("train.batch=16"));
        return new Experiment(recipe, DATA, 0, Device.cpu());
    }
}
