package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped within an epoch ends as if it had not been, in every bit of its weights and its metrics. */
class StepCheckpointsTest {

    /** Of 200 examples. */
    private static final String BATCH = "train.batch=50";

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"vae", "vq-vae", "geco", "averaged", "scheduled"})
    void aRunThatIsStoppedWithinAnEpochEndsAsIfItHadNotBeen(String name) throws IOException {
        Path whole = home.resolve("whole");
        try (TrainingSession session = session(name, Progress.silent(), new StopSignal())) {
            session.run(whole);
        }
        Path run = home.resolve("run");
        stop(run, name, 2);
        assertThat(checkpoints(run)).containsExactly("epoch-0001", "epoch-0001-step-000000005");
        try (TrainingSession session = session(name, Progress.silent(), new StopSignal())) {
            session.resume(run);
        }

        assertThat(state(run)).isEqualTo(state(whole));
        assertThat(state(run).firstLoss()).isPresent();
        assertThat(metrics(run)).isEqualTo(metrics(whole));
        assertThat(checkpoints(run)).containsExactly("epoch-0001", "epoch-0002");
    }

    /** The signal comes with the only step of an epoch, when the rest is tests. */
    @Test
    void whatIsTrainedIsKeptAlsoWhereTheSignalComesDuringTheTest() throws IOException {
        Path whole = home.resolve("whole");
        try (TrainingSession session = session("one-step", Progress.silent(), new StopSignal())) {
            session.run(whole);
        }
        Path run = home.resolve("run");
        stop(run, "one-step", 2);
        assertThat(checkpoints(run)).containsExactly("epoch-0001", "epoch-0001-step-000000002");
        try (TrainingSession session = session("one-step", Progress.silent(), new StopSignal())) {
            session.resume(run);
        }

        assertThat(state(run).files()).isEqualTo(state(whole).files());
        assertThat(metrics(run)).isEqualTo(metrics(whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vae", "always"})
    void whatIsDoneOfTheFirstEpochIsKeptAsWell(String name) throws IOException {
        Path whole = home.resolve("whole");
        try (TrainingSession session = session(name, Progress.silent(), new StopSignal())) {
            session.run(whole);
        }
        Path run = home.resolve("run");
        stop(run, name, 1);
        assertThat(checkpoints(run)).containsExactly("epoch-0000-step-000000001");
        try (TrainingSession session = session(name, Progress.silent(), new StopSignal())) {
            session.resume(run);
        }

        assertThat(state(run)).isEqualTo(state(whole));
        assertThat(metrics(run)).isEqualTo(metrics(whole));
    }

    /** As if minutes passed with every step. */
    @Test
    void onlyTheLatestWithinAnEpochStays() throws IOException {
        Path run = home.resolve("run");
        stop(run, "always", 2);

        assertThat(checkpoints(run)).containsExactly("epoch-0001", "epoch-0001-step-000000005");
    }

    /** To write it again would take it away for a moment, in which the process may be killed. */
    @Test
    void aRunThatIsStoppedAgainBeforeItsNextStepDoesNotTouchWhatItKept() throws IOException {
        Path run = home.resolve("run");
        stop(run, "vae", 1);
        Path kept = run.resolve("checkpoints/epoch-0000-step-000000001");
        Object before = Files.readAttributes(kept, BasicFileAttributes.class).fileKey();
        StopSignal signal = new StopSignal();
        try (TrainingSession session = session("vae", stopping(signal, 0), signal)) {
            assertThatThrownBy(() -> session.resume(run)).isInstanceOf(StopSignal.Stopped.class);
        }

        assertThat(Files.readAttributes(kept, BasicFileAttributes.class).fileKey())
                .isEqualTo(before);
    }

    /** The position of another batch size would be that of other examples, or of none. */
    @ParameterizedTest
    @ValueSource(strings = {"half-batches", "double-batches"})
    void byBatchesOfAnotherSizeARunGoesOnFromTheEndOfTheEpochBefore(String other) throws IOException {
        Path run = home.resolve("run");
        stop(run, "vae", 2);
        List<String> told = new ArrayList<>();
        Progress listening = new Progress() {
            @Override
            public void passedOver(String damage) {
                told.add(damage);
            }
        };
        try (TrainingSession session = session(other, listening, new StopSignal())) {
            session.resume(run);
        }

        assertThat(told).singleElement().asString().contains("epoch-0001-step-000000005: it stands within an epoch of");
        assertThat(metrics(run)).hasSize(4);
        assertThat(state(run).epoch()).isEqualTo(2);
    }

    /** As another version may have had: sums go by their order. */
    @Test
    void withSumsOfOtherMetricsARunGoesOnFromTheEndOfTheEpochBefore() throws IOException {
        Path run = home.resolve("run");
        stop(run, "vae", 2);
        Path state = run.resolve("checkpoints/epoch-0001-step-000000005/state.json");
        Files.writeString(state, Files.readString(state).replaceFirst("\"reconstruction\"", "\"another\""));
        try (TrainingSession session = session("vae", Progress.silent(), new StopSignal())) {
            session.resume(run);
        }

        assertThat(metrics(run)).hasSize(4).noneMatch(line -> line.contains("another"));
        assertThat(state(run).epoch()).isEqualTo(2);
    }

    /** Stops a run in the first step of an epoch. */
    private static void stop(Path run, String name, int when) throws IOException {
        StopSignal signal = new StopSignal();
        try (TrainingSession session = session(name, stopping(signal, when), signal)) {
            assertThatThrownBy(() -> session.run(run)).isInstanceOf(StopSignal.Stopped.class);
        }
    }

    /** @param when the epoch in whose first step; 0 for before the first one of all */
    private static Progress stopping(StopSignal signal, int when) {
        return new Progress() {
            private int epoch;

            @Override
            public void begin(int begun, int epochs, int steps) {
                epoch = begun;
                if (when == 0) {
                    signal.request();
                }
            }

            @Override
            public void step(int done, double runningLoss) {
                if (epoch == when) {
                    signal.request();
                }
            }
        };
    }

    private static Recipe recipe(String name) {
        return switch (name) {
            case "averaged" -> Small.recipe("vae", 2, BATCH, "train.averageWeights=0.9");
            case "scheduled" ->
                Small.recipe(
                        "vae",
                        2,
                        BATCH,
                        "objective.warmUp=2",
                        "optimizer.schedule={kind: warm-up, steps: 6, then: {kind: cosine, epochs: 2}}");
            case "one-step" -> Small.recipe("vae", 2, "train.batch=200");
            case "half-batches" -> Small.recipe("vae", 2, "train.batch=25");
            case "double-batches" -> Small.recipe("vae", 2, "train.batch=100");
            case "always" -> Small.recipe("vae", 2, BATCH, "train.checkpointMinutes=0");
            case "vq-vae" -> Recipes.find(name, List.of(BATCH, "train.epochs=2"));
            default -> Small.recipe(name, 2, BATCH);
        };
    }

    private static TrainingSession session(String name, Progress progress, StopSignal signal) {
        Dataset data = name.equals("vq-vae") ? Small.squares(200, 60) : Small.data();
        return TrainingSession.of(
                "recipe", recipe(name), data, Randomness.of(0), RunDevice.chosen(Device.cpu()), progress, signal);
    }

    private static List<String> checkpoints(Path run) throws IOException {
        try (Stream<Path> folders = Files.list(run.resolve("checkpoints"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static Checkpoint.State state(Path run) throws IOException {
        return RunFolder.reading(run)
                .checkpoints()
                .latest(Checkpoint.Use.RESUME)
                .orElseThrow()
                .checkpoint()
                .state();
    }

    /** All but the times. */
    private static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll(",\"seconds\":[^,}]*", ""))
                .toList();
    }
}
