package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.ValidationShare;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with training controls: each goes on after an interruption bit for bit, and does what it says. */
class ControlledRunsTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.clipNorm=0.5",
                "optimizer={kind: adamw, weightDecay: 0.1, clipNorm: 1}",
                "optimizer.schedule={kind: warm-up, steps: 10, then: {kind: cosine, epochs: 1, finalFactor: 0.1}}",
                "train.averageWeights=0.9",
                "train.accumulate=3",
                "train.earlyStopping={patience: 1, minDelta: 1000}"
            })
    void aResumedRunEqualsAnUninterruptedOneBitForBit(String control) throws IOException {
        // patience 1 ends after epoch 2, and an interruption after epoch 1 must not change that
        Path whole = run("whole", recipe(3, control), validated());
        Path parts = run("parts", recipe(1, control), validated());
        resume(parts, recipe(3, control), validated());

        assertThat(files(parts)).isEqualTo(files(whole)).isNotEmpty();
        assertThat(losses(parts, Split.TEST)).isEqualTo(losses(whole, Split.TEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.clipNorm=0.5",
                "optimizer={kind: adamw, weightDecay: 1}",
                "optimizer.schedule={kind: cosine, epochs: 1}",
                "train.averageWeights=0.9"
            })
    void eachControlChangesWhatIsLearned(String control) throws IOException {
        Path plain = run("plain", recipe(1), validated());
        Path controlled = run("controlled", recipe(1, control), validated());

        assertThat(losses(controlled, Split.TEST)).isNotEqualTo(losses(plain, Split.TEST));
    }

    /** A conditional model, so that conditions are parted, too. */
    @Test
    void accumulationChangesRoundingOnly() throws IOException {
        Recipe plain = Small.recipe("cvae-prior", 2);
        Recipe accumulated = Small.recipe("cvae-prior", 2, "train.accumulate=5");
        List<Double> whole = losses(run("whole", plain, Small.data()), Split.TRAIN);
        List<Double> parts = losses(run("parts", accumulated, Small.data()), Split.TRAIN);

        assertThat(parts).hasSize(2);
        for (int epoch = 0; epoch < 2; epoch++) {
            assertThat(parts.get(epoch)).isCloseTo(whole.get(epoch), within(2e-3));
        }
    }

    @Test
    void whatMustSeeTheWholeBatchIsNotAccumulated() {
        assertThatThrownBy(() ->
                        Small.recipe("beta-vae", 1, "objective={kind: beta-tcvae, beta: 4}", "train.accumulate=2"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("set train.accumulate=1");
    }

    @Test
    void averagedWeightsAreWhatARunEvaluatesAndWhatOpensIt() throws IOException {
        Path run = home.resolve("run");
        double sum;
        try (TrainingSession session = session(recipe(2, "train.averageWeights=0.9"), validated())) {
            session.run(run);
            sum = sum(session.model());
        }
        Path checkpoint = run.resolve("checkpoints/epoch-0002");

        assertThat(checkpoint.resolve("averaged.safetensors")).isNotEmptyFile();
        assertThat(Files.readAllBytes(checkpoint.resolve("averaged.safetensors")))
                .isNotEqualTo(Files.readAllBytes(checkpoint.resolve("model.safetensors")));
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(run), Device.cpu())) {
            assertThat(sum(model)).isEqualTo(sum);
        }
    }

    /** No epoch is a thousand nats better than the first. */
    @Test
    void aRunStopsWhenItsPatienceEndsAndKeepsItsBestEpoch() throws IOException {
        String rule = "train.earlyStopping={patience: 2, minDelta: 1000}";
        Path run = run("run", recipe(9, rule, "train.keepCheckpoints=1"), validated());
        Checkpoints checkpoints = RunFolder.reading(run).checkpoints();
        double first = losses(run, Split.VALIDATION).get(0);

        assertThat(losses(run, Split.TEST)).hasSize(3);
        assertThat(checkpoints.epochs()).containsExactly(1, 3);
        assertThat(checkpoints.best()).hasValue(new Checkpoints.Best(1, "loss", first));
        assertThat(run.resolve("images/samples-epoch-0003.png")).isNotEmptyFile();
        try (TrainedModel best = TrainedModel.load(RunFolder.reading(run), CheckpointChoice.BEST, Device.cpu())) {
            assertThat(best.epoch()).isEqualTo(1);
        }
        assertThatThrownBy(() -> resume(run, recipe(12, rule), validated()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("stopped early, after epoch 3")
                .hasMessageContaining("patience");
    }

    @Test
    void theBestEpochIsKnownAndKeptAlsoWhereItsFiguresAreLost() throws IOException {
        String rule = "train.earlyStopping={patience: 9, minDelta: 1000}";
        Path run = run("run", recipe(2, rule, "train.keepCheckpoints=1"), validated());
        Checkpoints.Best best = RunFolder.reading(run).checkpoints().best().orElseThrow();
        Files.writeString(run.resolve("metrics.jsonl"), "");
        resume(run, recipe(4, rule, "train.keepCheckpoints=1"), validated());

        assertThat(best.epoch()).isEqualTo(1);
        assertThat(RunFolder.reading(run).checkpoints().best()).hasValue(best);
        assertThat(RunFolder.reading(run).checkpoints().epochs()).containsExactly(1, 4);
    }

    @Test
    void whatGetsBetterGoesOnToTheEnd() throws IOException {
        Path run = run("run", recipe(3, "train.earlyStopping={patience: 1, metric: elbo, mode: max}"), validated());
        List<Double> elbos = RunContents.read(run).history().measurements(Split.VALIDATION).stream()
                .map(measured -> measured.raw(StandardMetrics.ELBO))
                .toList();

        assertThat(elbos).isSorted().hasSize(3);
        assertThat(RunFolder.reading(run).checkpoints().best().orElseThrow().epoch())
                .isEqualTo(3);
    }

    @Test
    void earlyStoppingNeedsAValidationSplitAndAMetric() {
        assertThatThrownBy(() -> session(recipe(2, "train.earlyStopping={}"), Small.data()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the data have none")
                .hasMessageContaining("data.validationShare=0.1");
        assertThatThrownBy(() -> session(recipe(2, "train.earlyStopping.metric=los"), validated()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no metric 'los'")
                .hasMessageContaining("reconstruction");
        assertThatThrownBy(() -> recipe(2, "train.earlyStopping.metric=elbo"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("mode=max");
    }

    @Test
    void theManifestSaysWhereEachSplitCameFrom() throws IOException {
        Path run = run("run", recipe(1), validated());
        String manifest = Files.readString(run.resolve("manifest.json"));

        assertThat(manifest).contains("\"share\" : 0.2", "\"from\" : \"train\"", "\"from\" : \"given\"");
        assertThat(RunFolder.reading(run).manifest().data().orElseThrow().examples())
                .isEqualTo(Map.of("train", 160, "validation", 40, "test", 60));
    }

    private static Dataset validated() {
        return ValidationShare.of(Small.data(), 0.2);
    }

    private static Recipe recipe(int epochs, String... controls) {
        List<String> all = new ArrayList<>(List.of("train.figureEpochs=[]"));
        all.addAll(List.of(controls));
        return Small.recipe("vae", epochs, all.toArray(String[]::new));
    }

    private static TrainingSession session(Recipe recipe, Dataset data) {
        return Small.session(recipe, data, 3);
    }

    private Path run(String name, Recipe recipe, Dataset data) throws IOException {
        Path run = home.resolve(name);
        try (TrainingSession session = session(recipe, data)) {
            session.run(run);
        }
        return run;
    }

    private static void resume(Path run, Recipe recipe, Dataset data) throws IOException {
        try (TrainingSession session = session(recipe, data)) {
            session.resume(run);
        }
    }

    /** The checksums of the last checkpoint's weights, moments and averages. */
    private static Map<String, String> files(Path run) throws IOException {
        return RunFolder.reading(run)
                .checkpoints()
                .of(CheckpointChoice.LAST)
                .checkpoint()
                .state()
                .files();
    }

    private static List<Double> losses(Path run, Split split) throws IOException {
        return RunContents.read(run).history().measurements(split).stream()
                .map((Measurement measured) -> measured.raw(StandardMetrics.LOSS))
                .toList();
    }

    private static double sum(TrainedModel model) {
        return ModelState.tensors(model.model()).values().stream()
                .mapToDouble(array -> array.abs().sum().getFloat())
                .sum();
    }
}
