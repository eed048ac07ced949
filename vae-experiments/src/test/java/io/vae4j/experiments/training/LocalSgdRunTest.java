package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.LocalSgdRecord;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.MetricSums;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.Rounds;
import io.vae4j.experiments.training.localsgd.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs by workers that take turns, against runs without workers and against each other. */
class LocalSgdRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A round for each epoch. */
    private static final int WHOLE_EPOCH = 1_000_000;

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"vae", "iwae-5", "geco", "shapes-factor-vae", "averaged", "scheduled"})
    void oneWorkerWithARoundForEachEpochTrainsAsAProcessWithoutWorkersInEveryBit(String name) throws IOException {
        Path without = run("without", name, Workers.none());
        Path one = run("one", name, inTurn(1, WHOLE_EPOCH));

        assertThat(files(one, 2)).isEqualTo(files(without, 2));
        assertThat(metrics(one)).isEqualTo(metrics(without));
    }

    @ParameterizedTest
    @CsvSource({"vae, 1", "geco, 3", "vq-vae, 2"})
    void oneWorkerHasTheSameWeightsHoweverLongItsRounds(String name, int localSteps) throws IOException {
        Path without = run("without", name, Workers.none());
        Path one = run("one", name, inTurn(1, localSteps));

        assertThat(files(one, 2)).isEqualTo(files(without, 2));
        List<JsonNode> ours = lines(one);
        List<JsonNode> theirs = lines(without);
        for (int i = 0; i < ours.size(); i++) {
            // sums of sums differ in their last digits
            double loss = theirs.get(i).get("loss").asDouble();
            assertThat(ours.get(i).get("loss").asDouble()).isCloseTo(loss, within(1e-12 * Math.abs(loss)));
        }
    }

    @Test
    void severalWorkersLearnAndTheFolderSaysHowTheyWereAveraged() throws IOException {
        Path run = run("run", Small.recipe("vae", 6, "optimizer.learningRate=0.01"), Small.data(), inTurn(3, 2));
        List<JsonNode> lines = lines(run);

        assertThat(lines).hasSize(12);
        assertThat(lines.get(11).get("loss").asDouble())
                .isLessThan(lines.get(1).get("loss").asDouble() - 1);
        // 200 examples of which the first has 67: 3 steps of at most 32, in 2 rounds
        assertThat(lines.get(10).get("step").asInt()).isEqualTo(6 * 3);
        assertThat(lines.get(10).get("round_bytes").asLong()).isEqualTo(2L * 3 * stateBytes());
        assertThat(lines.get(10).get("local_seconds").asDouble())
                .isPositive()
                .isLessThan(lines.get(10).get("round_seconds").asDouble());
        assertThat(RunFolder.reading(run).manifest().localSgd()).contains(new LocalSgdRecord(3, 2, "averaged"));
        assertThat(run.resolve("report.html"))
                .content()
                .contains("3 workers of local SGD with 2 steps a round, moments averaged");
    }

    @Test
    void whatIsMeasuredInTheStepsOfAllWorkersIsMeasuredOfEveryExample() throws IOException {
        Path run = run("run", uniformCodes(), Small.squares(200, 60), inTurn(4, 1));
        JsonNode training = lines(run).get(0);

        assertThat(training.get("codes_used").asDouble()).isBetween(1e-3, 1.0);
        assertThat(training.get("perplexity").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(training.get("loss").asDouble()).isFinite();
    }

    @Test
    void theSameWorkersTrainTheSameModelTwiceAndOthersDoNot() throws IOException {
        Path first = run("first", "vae", inTurn(2, 2));
        Path again = run("again", "vae", inTurn(2, 2));
        Path longer = run("longer", "vae", inTurn(2, 1));
        Path more = run("more", "vae", inTurn(4, 2));

        assertThat(files(again, 2)).isEqualTo(files(first, 2));
        assertThat(metrics(again)).isEqualTo(metrics(first));
        assertThat(files(longer, 2)).isNotEqualTo(files(first, 2));
        assertThat(files(more, 2)).isNotEqualTo(files(first, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vae", "geco", "averaged", "scheduled"})
    void aRunThatIsStoppedAfterARoundEndsAsIfItHadNotBeen(String name) throws IOException {
        Path whole = run("whole", name, inTurn(2, 1));
        Path parts = home.resolve("parts");
        StopSignal signal = new StopSignal();
        try (TrainingSession session = session(recipe(name), data(name), inTurn(2, 1), stoppingIn(2, signal), signal)) {
            assertThatThrownBy(() -> session.run(parts)).isInstanceOf(StopSignal.Stopped.class);
        }
        assertThat(parts.resolve("checkpoints/epoch-0001-step-000000005")).isDirectory();
        resume(parts, recipe(name), inTurn(2, 1), Progress.silent());

        assertThat(files(parts, 2)).isEqualTo(files(whole, 2));
        assertThat(metrics(parts)).isEqualTo(metrics(whole));
    }

    /** The signal comes when one worker has taken its steps and the other has not. */
    @Test
    void aRoundThatIsStoppedInTheMiddleLeavesNothingBehind() throws IOException {
        Path whole = run("whole", "vae", inTurn(2, 2));
        Path parts = home.resolve("parts");
        StopSignal signal = new StopSignal();
        List<TrainingSteps> steps = new ArrayList<>();
        LocalSgd method = new LocalSgd(2, 2);
        Rounds stopping = (round, state) -> {
            RoundPart first = new ShardWorker(steps.get(0), method, signal).take(round, 0, state);
            assertThat(first.moved()).isPositive();
            if (round.epoch() == 2) {
                signal.request();
            }
            return new WorkersInTurn(steps.get(0), method, signal).run(round, state);
        };
        Workers elsewhere = new Workers.Elsewhere(method, stopping);
        try (TrainingSession session = session(recipe("vae"), data("vae"), elsewhere, Progress.silent(), signal)) {
            steps.add(session.loop().training());
            assertThatThrownBy(() -> session.run(parts)).isInstanceOf(StopSignal.Stopped.class);
        }
        resume(parts, recipe("vae"), inTurn(2, 2), Progress.silent());

        assertThat(files(parts, 2)).isEqualTo(files(whole, 2));
    }

    /** A cluster that is told to stop ends its jobs, which then fail. */
    @Test
    void aRoundThatFailsSinceTheRunWasStoppedKeepsTheRoundsBefore() throws IOException {
        Path whole = run("whole", "vae", inTurn(2, 1));
        Path parts = home.resolve("parts");
        StopSignal signal = new StopSignal();
        List<TrainingSteps> steps = new ArrayList<>();
        LocalSgd method = new LocalSgd(2, 1);
        Workers elsewhere = new Workers.Elsewhere(method, (round, state) -> {
            if (round.epoch() == 2 && round.from() == 1) {
                signal.request();
                throw new IllegalStateException("the job was cancelled");
            }
            return new WorkersInTurn(steps.get(0), method, new StopSignal()).run(round, state);
        });
        try (TrainingSession session = session(recipe("vae"), data("vae"), elsewhere, Progress.silent(), signal)) {
            steps.add(session.loop().training());
            assertThatThrownBy(() -> session.run(parts)).isInstanceOf(StopSignal.Stopped.class);
        }
        assertThat(parts.resolve("checkpoints/epoch-0001-step-000000005")).isDirectory();
        resume(parts, recipe("vae"), inTurn(2, 1), Progress.silent());

        assertThat(files(parts, 2)).isEqualTo(files(whole, 2));
    }

    /** The guard counts the steps of rounds in which no worker has moved. */
    @Test
    void aTrainingInWhichNoWorkerMovesAnyMoreIsEnded() {
        LocalSgd method = new LocalSgd(2, 2);
        Workers elsewhere = new Workers.Elsewhere(
                method,
                (round, state) ->
                        new RoundPart(state, new MetricSums(new double[3], 0, 2L * (round.to() - round.from())), 0, 0));
        try (TrainingSession session = session(recipe("vae"), data("vae"), elsewhere)) {
            assertThatThrownBy(() -> session.loop().train(1))
                    .isInstanceOf(TrainingFailure.class)
                    .hasMessageContaining("in step 4, batch 4 of epoch 1, and in the 3 steps before");
        }
    }

    @Test
    void aRunGoesOnWithOtherWorkersFromTheEndOfAnEpoch() throws IOException {
        Path run = run("run", Small.recipe("vae", 2), Small.data(), inTurn(4, 2));
        List<String> changes = new ArrayList<>();
        Progress listening = new Progress() {
            @Override
            public void changed(String what) {
                changes.add(what);
            }
        };
        resume(run, Small.recipe("vae", 3), inTurn(2, 3), listening);
        resume(run, Small.recipe("vae", 4), Workers.none(), listening);

        assertThat(changes).isEmpty();
        assertThat(lines(run)).hasSize(8);
        assertThat(lines(run).get(4).get("step").asInt()).isEqualTo(3 * 4);
        assertThat(lines(run).get(6).get("step").asInt()).isEqualTo(4 * 7);
        assertThat(RunFolder.reading(run).manifest().resumed())
                .extracting(resumption -> resumption.localSgd().map(LocalSgdRecord::workers))
                .containsExactly(Optional.of(2), Optional.empty());
    }

    /** Within an epoch the shards of others would be other examples. */
    @Test
    void otherWorkersDoNotGoOnWithinAnEpoch() throws IOException {
        Path run = home.resolve("run");
        StopSignal signal = new StopSignal();
        try (TrainingSession session =
                session(recipe("vae"), data("vae"), inTurn(2, 1), stoppingIn(2, signal), signal)) {
            assertThatThrownBy(() -> session.run(run)).isInstanceOf(StopSignal.Stopped.class);
        }
        List<String> told = new ArrayList<>();
        resume(run, recipe("vae"), inTurn(4, 1), new Progress() {
            @Override
            public void passedOver(String damage) {
                told.add(damage);
            }
        });

        assertThat(told).singleElement().asString().contains("epoch-0001-step-000000005");
        assertThat(lines(run)).hasSize(4);
    }

    @Test
    void codebooksThatBeginOrRestartByOutputsOfTheirOwnAreRefused() {
        for (String overridden : List.of("restartAfter=0", "start=uniform")) {
            Recipe recipe = Recipes.find("vq-vae", List.of("train.batch=50", "model.quantizer.codebook." + overridden));

            assertThatThrownBy(() -> session(recipe, Small.squares(200, 60), inTurn(2, 1)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith("this cannot be trained by several workers (--workers); each worker")
                    .hasMessageContaining("model.quantizer.codebook.");
        }
    }

    @Test
    void aShardThatIsSmallerThanABatchIsRefused() {
        assertThatThrownBy(() -> session(Small.recipe("vae", 1), Small.data(), inTurn(7, 1)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("of 200 examples each of 7 workers has 28, fewer than a batch of 32 (--workers);"
                        + " take at most 6 workers, or set a smaller train.batch");
    }

    private static long stateBytes() throws IOException {
        try (TrainingSession session = session(Small.recipe("vae", 1), Small.data(), Workers.none())) {
            return session.loop().training().state().read().bytes();
        }
    }

    private static Recipe uniformCodes() {
        return Recipes.find(
                "vq-vae",
                List.of(
                        "train.batch=25",
                        "train.epochs=1",
                        "model.quantizer.codebook.start=uniform",
                        "model.quantizer.codebook.restartAfter=0"));
    }

    private static Workers inTurn(int workers, int localSteps) {
        return new Workers.InTurn(new LocalSgd(workers, localSteps));
    }

    private static Recipe recipe(String name) {
        return switch (name) {
            case "averaged" -> Small.recipe("vae", 2, "train.averageWeights=0.9");
            case "scheduled" ->
                Small.recipe(
                        "vae",
                        2,
                        "objective.warmUp=2",
                        "optimizer.schedule={kind: warm-up, steps: 6, then: {kind: cosine, epochs: 2}}");
            case "vq-vae" -> Recipes.find(name, List.of("train.batch=25", "train.epochs=2"));
            case "shapes-factor-vae" -> Small.recipe(name, 2, "data.values=dynamic-binarization");
            default -> Small.recipe(name, 2);
        };
    }

    private static Dataset data(String name) {
        return name.equals("vq-vae") ? Small.squares(75, 20) : Small.data();
    }

    private static TrainingSession session(Recipe recipe, Dataset data, Workers workers) {
        return session(recipe, data, workers, Progress.silent(), new StopSignal());
    }

    private static TrainingSession session(
            Recipe recipe, Dataset data, Workers workers, Progress progress, StopSignal stop) {
        return TrainingSession.of(
                "recipe", recipe, data, Randomness.of(0), RunDevice.chosen(Device.cpu()), progress, stop, workers);
    }

    private Path run(String folder, String name, Workers workers) throws IOException {
        return run(folder, recipe(name), data(name), workers);
    }

    private Path run(String folder, Recipe recipe, Dataset data, Workers workers) throws IOException {
        try (TrainingSession session = session(recipe, data, workers)) {
            session.run(home.resolve(folder));
        }
        return home.resolve(folder);
    }

    private static void resume(Path run, Recipe recipe, Workers workers, Progress progress) throws IOException {
        try (TrainingSession session = session(recipe, Small.data(), workers, progress, new StopSignal())) {
            session.resume(run);
        }
    }

    /** Asks it to stop in the first look of an epoch. */
    private static Progress stoppingIn(int when, StopSignal signal) {
        return new Progress() {
            private int epoch;

            @Override
            public void begin(int begun, int epochs, int steps) {
                epoch = begun;
            }

            @Override
            public void step(int done, double runningLoss) {
                if (epoch == when) {
                    signal.request();
                }
            }
        };
    }

    /** The SHA-256 of weights, moments and averages. */
    private static Map<String, String> files(Path run, int epoch) {
        return RunFolder.reading(run).checkpoints().of(epoch).state().files();
    }

    /** All but the times and the bytes. */
    private static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll(",\"(seconds|[a-z]+_seconds|round_bytes)\":[^,}]*", ""))
                .toList();
    }

    private static List<JsonNode> lines(Path run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
