package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.ValidationShare;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.TestedEpochs;
import io.vae4j.experiments.report.EventRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read back from the event files of a run. */
class TensorBoardLogTest {

    private static final int HISTOGRAM = 5;
    private static final int STEPS = 50;

    private static final int SUMMARY = 5;
    private static final int SESSION = 7;

    @TempDir
    private Path home;

    @Test
    void everyParameterHasAHistogramOfItsGradientsAfterEachEpoch() throws IOException {
        Path run = home.resolve("run");
        Map<String, Double> sizes = new HashMap<>();
        try (TrainingSession session = Small.session(Small.recipe("vae", 2), 0)) {
            session.run(run);
            ModelState.tensors(session.model().model())
                    .forEach((name, array) -> sizes.put("gradients/" + name, (double) array.size()));
        }
        List<Map<Integer, Object>> gradients = events(run, "gradients/");

        assertThat(gradients).hasSize(2 * sizes.size());
        assertThat(gradients).allSatisfy(event -> {
            Map<Integer, Object> histogram = histogram(event);
            assertThat(histogram.get(3)).isEqualTo(sizes.get(tag(event)));
            assertThat(EventRecords.doubles(histogram, 7).stream()
                            .mapToDouble(n -> n)
                            .sum())
                    .isEqualTo(histogram.get(3));
        });
        assertThat(gradients.stream().map(event -> event.get(2)).distinct()).containsExactly(7L, 14L);
    }

    /** The run stands after the step whose gradients are shown, and takes it no second time. */
    @Test
    void theGradientsOfAnEpochStayThoughTheRunEndsBetweenItsLastStepAndItsTest() throws IOException {
        Path run = home.resolve("run");
        StopSignal signal = new StopSignal();
        Progress stopping = new Progress() {
            @Override
            public void step(int done, double runningLoss) {
                if (done == STEPS) {
                    signal.request();
                }
            }
        };
        try (TrainingSession session = keptEachStep(stopping, signal)) {
            assertThatThrownBy(() -> session.run(run)).isInstanceOf(StopSignal.Stopped.class);
        }
        assertThat(run.resolve("checkpoints/epoch-0000-step-000000050")).exists();
        try (TrainingSession session = keptEachStep(Progress.silent(), new StopSignal())) {
            session.resume(run);
            List<String> expected = ModelState.tensors(session.model().model()).keySet().stream()
                    .map(name -> "gradients/" + name)
                    .toList();
            assertThat(restart(run)).isEqualTo(51);
            assertThat(events(run, "gradients/").stream().map(TensorBoardLogTest::tag))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Of one epoch, whose last step is shown. */
    private static TrainingSession keptEachStep(Progress progress, StopSignal signal) {
        Recipe recipe = Small.recipe("vae", 1, "train.batch=" + 200 / STEPS, "train.checkpointMinutes=0");
        return TrainingSession.of(
                "recipe", recipe, Small.data(), Randomness.of(0), RunDevice.chosen(Device.cpu()), progress, signal);
    }

    /** Of levels as they are stored, so that nothing is drawn. */
    @Test
    void theCodesAreThePosteriorMeansOfTheTestExamples() throws IOException {
        Path run = home.resolve("run");
        float[] codes;
        try (TrainingSession session = Small.session(Small.recipe("slides", 1), 0);
                NDManager scratch = session.model().newManager()) {
            session.run(run);
            Minibatch test = new DeviceExamples(
                            scratch, session.data().test(), session.model().view())
                    .range(scratch, 0, 60, Randomness.of(0).noise(RandomStream.FIGURES, 0));
            NDArray means = session.model().encode(test.x(), test.condition());
            codes = means.toFloatArray();
        }
        List<Map<Integer, Object>> written = events(run, "codes/");
        float least = Float.POSITIVE_INFINITY;
        double sum = 0;
        for (float code : codes) {
            least = Math.min(least, code);
            sum += code;
        }

        assertThat(written)
                .singleElement()
                .satisfies(event -> assertThat(tag(event)).isEqualTo("codes/layer-1"));
        Map<Integer, Object> histogram = histogram(written.get(0));
        assertThat(histogram.get(3)).isEqualTo(120.0);
        assertThat(histogram.get(1)).isEqualTo((double) least);
        assertThat((Double) histogram.get(4)).isEqualTo(sum);
    }

    @Test
    void theRecipeIsATextAndItsValuesAreHyperparametersWithTheSeed() throws IOException {
        Path run = home.resolve("run");
        try (TrainingSession session = Small.session(Small.recipe("iwae-5", 1), 4)) {
            session.run(run);
        }
        Map<Integer, Object> text =
                EventRecords.message(EventRecords.value(events(run, "recipe").get(0)), 8);
        Map<String, Object> values =
                hyperparameters(events(run, "_hparams_/session_start_info").get(0));

        assertThat(EventRecords.text(text, 8))
                .isEqualTo(Files.readString(run.resolve("recipe.yaml")).indent(4));
        assertThat(values)
                .containsEntry("seed", 4.0)
                .containsEntry("model", "vae")
                .containsEntry("model.latent", 2.0)
                .containsEntry("model.network.hidden", "[12]")
                .containsEntry("objective", "iwae")
                .containsEntry("objective.samples", 5.0)
                .doesNotContainKeys("description", "recipeVersion");
        assertThat(events(run, "_hparams_/session_end_info")).hasSize(1);
    }

    /** As successive halving stops runs of a sweep, and takes some of them up again. */
    @Test
    void aRunThatPausesIsListedWithItsKeysAndItsFigureAndOnlyItsEndEndsIt() throws IOException {
        Path run = home.resolve("run");
        Recipe recipe = Small.recipe("vae", 3).tested(TestedEpochs.NONE);
        Dataset data = ValidationShare.of(Small.data(), 0.2);
        try (TrainingSession session = Small.session(recipe, data, 4)) {
            session.pausingAfter(1).run(run);
        }
        List<Map<Integer, Object>> paused = events(run, "");
        try (TrainingSession session = Small.session(recipe, data, 4)) {
            session.pausingAfter(2).resume(run);
        }
        try (TrainingSession session = Small.session(recipe, data, 4)) {
            session.resume(run);
        }
        List<Map<Integer, Object>> starts = events(run, "_hparams_/session_start_info");

        assertThat(paused.stream().map(TensorBoardLogTest::tag))
                .contains("_hparams_/session_start_info", "loss/validation")
                .doesNotContain("_hparams_/session_end_info", "loss/test");
        assertThat(starts)
                .hasSize(3)
                .allSatisfy(start -> assertThat(hyperparameters(start))
                        .containsEntry("model.latent", 2.0)
                        .containsEntry("seed", 4.0));
        assertThat(events(run, "loss/validation").stream().map(event -> event.get(2)))
                .containsExactlyInAnyOrder(5L, 10L, 15L);
        assertThat(events(run, "_hparams_/session_end_info")).hasSize(1);
    }

    @Test
    void aModelMadeInJavaHasWhatIsWrittenDownOfItAsHyperparameters() throws IOException {
        Path run = home.resolve("run");
        try (TrainingSession session = SessionFolderTest.madeInJava().epochs(1).build()) {
            session.run(run);
        }
        assertThat(hyperparameters(events(run, "_hparams_/session_start_info").get(0)))
                .containsEntry("estimator", "PathwiseGradient[]")
                .containsEntry("epochs", 1.0);
    }

    /** Of a map, each entry is a message of a key and a value, which has one of several fields. */
    private static Map<String, Object> hyperparameters(Map<Integer, Object> event) {
        Map<Integer, Object> plugin = EventRecords.message(EventRecords.message(EventRecords.value(event), 9), 1);
        Map<Integer, Object> content = EventRecords.message(plugin, 2);
        return EventRecords.repeated((byte[]) content.getOrDefault(3, new byte[0]), 1).stream()
                .collect(Collectors.toMap(
                        entry -> EventRecords.text(entry, 1), entry -> scalar(EventRecords.message(entry, 2))));
    }

    private static Object scalar(Map<Integer, Object> value) {
        return value.containsKey(3) ? EventRecords.text(value, 3) : value.getOrDefault(2, "neither text nor number");
    }

    private static Map<Integer, Object> histogram(Map<Integer, Object> event) {
        return EventRecords.message(EventRecords.value(event), HISTOGRAM);
    }

    /** The first step of which the files before no longer count. */
    private static long restart(Path run) throws IOException {
        for (Path file : files(run)) {
            for (Map<Integer, Object> event : EventRecords.records(file)) {
                if (event.containsKey(SESSION)) {
                    return (long) event.getOrDefault(2, 0L);
                }
            }
        }
        throw new AssertionError("no events file says that the run went on");
    }

    private static List<Path> files(Path run) throws IOException {
        try (Stream<Path> inside = Files.list(run)) {
            return inside.filter(path -> path.getFileName().toString().startsWith("events."))
                    .toList();
        }
    }

    private static String tag(Map<Integer, Object> event) {
        return EventRecords.text(EventRecords.value(event), 1);
    }

    /** Those of a run that went on are in several files. */
    private static List<Map<Integer, Object>> events(Path run, String tag) throws IOException {
        List<Map<Integer, Object>> events = new ArrayList<>();
        for (Path file : files(run)) {
            EventRecords.records(file).stream()
                    .skip(1) // the version
                    .filter(event -> event.containsKey(SUMMARY)) // and not that the run goes on
                    .filter(event -> tag(event).startsWith(tag))
                    .forEach(events::add);
        }
        return events;
    }
}
