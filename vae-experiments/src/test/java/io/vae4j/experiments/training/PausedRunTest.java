package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.TestedEpochs;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that pause after an epoch, as a search that stops bad ones early asks for. */
class PausedRunTest {

    /** Its rate and its average go by the epochs of the whole run, and not by those before a pause. */
    private static final Recipe RECIPE = Small.recipe(
            "vae", 4, "optimizer.schedule={kind: cosine, epochs: 4}", "train.averageWeights=0.9", "objective.warmUp=2");

    @TempDir
    private Path home;

    @Test
    void aRunThatPausedEndsBitForBitAsOneThatDidNot() throws IOException {
        Path whole = home.resolve("whole");
        Path paused = home.resolve("paused");
        try (TrainingSession session = Small.session(RECIPE, 3)) {
            session.run(whole);
        }
        try (TrainingSession session = Small.session(RECIPE, 3)) {
            session.pausingAfter(1).run(paused);
        }
        pauseAgain(paused, 3);
        try (TrainingSession session = Small.session(RECIPE, 3)) {
            session.resume(paused);
        }

        for (String file : List.of("model.safetensors", "optimizer.safetensors", "averaged.safetensors")) {
            Path checkpoint = Path.of("checkpoints/epoch-0004", file);
            assertThat(paused.resolve(checkpoint)).hasSameBinaryContentAs(whole.resolve(checkpoint));
        }
        assertThat(timeless(paused)).isEqualTo(timeless(whole));
    }

    @Test
    void aPausedRunIsNotOverAndToPauseItWhereItIsChangesNothing() throws IOException {
        Path paused = home.resolve("paused");
        try (TrainingSession session = Small.session(RECIPE, 3)) {
            session.pausingAfter(2).run(paused);
        }
        String before = Files.readString(paused.resolve("manifest.json"));
        pauseAgain(paused, 2);
        pauseAgain(paused, 1);

        assertThat(Files.readString(paused.resolve("manifest.json"))).isEqualTo(before);
        assertThat(RunFolder.reading(paused).manifest().completed().orElse(0)).isZero();
        assertThat(timeless(paused)).hasSize(4);
        assertThat(paused.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void aPauseAfterTheLastEpochIsTheEnd() throws IOException {
        Path run = home.resolve("run");
        try (TrainingSession session = Small.session(RECIPE, 3)) {
            session.pausingAfter(9).run(run);
        }

        assertThat(RunFolder.reading(run).manifest().completed()).contains(4);
    }

    @Test
    void aRunThatLeavesTheTestExamplesAloneTrainsAsOneThatDoesNotAndCanBeResumed() throws IOException {
        Path tested = home.resolve("tested");
        Path alone = home.resolve("alone");
        try (TrainingSession session = Small.session(RECIPE, 3)) {
            session.run(tested);
        }
        Recipe untested = RECIPE.tested(TestedEpochs.NONE);
        try (TrainingSession session = Small.session(untested, 3)) {
            session.pausingAfter(2).run(alone);
        }
        try (TrainingSession session = Small.session(untested, 3)) {
            session.resume(alone);
        }

        assertThat(alone.resolve("checkpoints/epoch-0004/model.safetensors"))
                .hasSameBinaryContentAs(tested.resolve("checkpoints/epoch-0004/model.safetensors"));
        assertThat(MetricsFile.read(new RunFiles(alone)).history().measurements(Split.TEST))
                .isEmpty();
        assertThat(RunFolder.reading(alone).manifest().resumed())
                .allMatch(resumption -> resumption.changes().isEmpty());
        assertThat(alone.resolve("report.html")).content().contains("There was no test pass");
    }

    private static void pauseAgain(Path run, int epoch) throws IOException {
        try (TrainingSession session = Small.session(RECIPE, 3)) {
            session.pausingAfter(epoch).resume(run);
        }
    }

    private static List<String> timeless(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceFirst("\"seconds\":[^,}]*", ""))
                .toList();
    }
}
