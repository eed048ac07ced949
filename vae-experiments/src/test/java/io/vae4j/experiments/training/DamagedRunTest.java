package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Sha256;
import io.vae4j.experiments.report.EventFile;
import io.vae4j.experiments.report.EventRecords;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose process was killed, or whose files were damaged, go on from what is whole, and say so. */
class DamagedRunTest {

    @TempDir
    private Path home;

    @Test
    void aFolderThatARunLeftBeforeItBeganCountsAsEmpty() throws IOException {
        Path run = Files.createDirectories(home.resolve("run"));
        Files.createFile(run.resolve(".lock"));
        Files.writeString(run.resolve("manifest.json"), "{\"format\": 2");
        Files.createFile(run.resolve(".manifest.json.8f14e45f.tmp"));

        assertThatThrownBy(() -> RunFolder.open(run))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("its process ended before it began: train into it anew");
        train(run, 1);
        assertThat(run.resolve("report.html")).exists();
        assertThat(run.resolve(".manifest.json.8f14e45f.tmp")).doesNotExist();
    }

    /** To begin anew in silence would throw away the figures of all its epochs. */
    @Test
    void aRunWhoseCheckpointsAreGoneIsRefusedAndKeepsItsFigures() throws IOException {
        Path run = home.resolve("run");
        train(run, 2);
        byte[] metrics = Files.readAllBytes(run.resolve("metrics.jsonl"));
        AtomicFiles.delete(run.resolve("checkpoints"));

        assertThatThrownBy(() -> resume(run, 3))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the run has figures of 2 epochs and no checkpoint");
        assertThat(run.resolve("metrics.jsonl")).hasBinaryContent(metrics);
    }

    /** It would go on by other noise, as runs did that were begun before the noise was written down. */
    @Test
    void aRunWhoseManifestIsAnotherFileIsNotTrainedOn() throws IOException {
        Path run = home.resolve("run");
        train(run, 1);
        Files.writeString(run.resolve("manifest.json"), "{\"seed\": 0, \"nll\": 80}");

        assertThatThrownBy(() -> resume(run, 2))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("manifest.json is not that of a run");
    }

    @Test
    void aFolderWithAnyThingElseIsNotEmpty() throws IOException {
        Path run = Files.createDirectories(home.resolve("run"));
        Path thesis = Files.createFile(run.resolve("thesis.tex"));

        assertThatThrownBy(() -> RunFolder.create(run)).hasMessageContaining("the folder is not empty");
        assertThat(thesis).exists();
    }

    @Test
    void aPictureOfTheOriginalsThatWasLostWithTheProcessIsDrawnWhenTheRunGoesOn() throws IOException {
        Path run = home.resolve("run");
        train(run, 1);
        byte[] before = Files.readAllBytes(run.resolve("images/originals.png"));
        Files.delete(run.resolve("images/originals.png"));
        resume(run, 2);

        assertThat(run.resolve("images/originals.png")).hasBinaryContent(before);
    }

    /** As a process leaves it that is killed when the last checkpoint is whole. */
    @Test
    void aRunThatWasKilledAfterItsLastCheckpointIsCompleted() throws IOException {
        Path run = home.resolve("run");
        train(run, 2);
        byte[] metrics = Files.readAllBytes(run.resolve("metrics.jsonl"));
        Files.delete(run.resolve("report.html"));
        Files.delete(run.resolve("images/samples-epoch-0002.png"));
        uncompleted(run);
        Told told = resume(run, 2);

        assertThat(told.completing).containsExactly(2);
        assertThat(run.resolve("report.html")).exists();
        assertThat(run.resolve("images/samples-epoch-0002.png")).exists();
        assertThat(run.resolve("metrics.jsonl")).hasBinaryContent(metrics);
        assertThatThrownBy(() -> resume(run, 2)).hasMessageContaining("trained up to epoch 2 already");
    }

    /** As a process leaves it that is killed while it deletes older checkpoints. */
    @Test
    void checkpointsWhoseDeletionWasCutShortAreDeletedWhenTheRunIsCompleted() throws IOException {
        Path run = home.resolve("run");
        train(run, 3);
        Path checkpoints = run.resolve("checkpoints");
        Path cut = Files.createDirectories(checkpoints.resolve("epoch-0001"));
        Files.createFile(cut.resolve("model.safetensors"));
        Path empty = Files.createDirectories(checkpoints.resolve("epoch-0000"));
        Path within = Files.createDirectories(checkpoints.resolve("epoch-0002-step-000000003"));
        uncompleted(run);
        resume(run, 3);

        assertThat(List.of(cut, empty, within))
                .allSatisfy(path -> assertThat(path).doesNotExist());
        assertThat(checkpoints(run).epochs()).containsExactly(2, 3);
    }

    @Test
    void aDamagedCheckpointIsNamedAndTheRunGoesOnFromTheOneBeforeToTheSameEnd() throws IOException {
        Path whole = home.resolve("whole");
        train(whole, 3);
        Path run = home.resolve("run");
        train(run, 2);
        flip(run.resolve("checkpoints/epoch-0002/optimizer.safetensors"));
        Told told = resume(run, 3);

        assertThat(told.passedOver)
                .containsExactly("epoch-0002: optimizer.safetensors does not have the SHA-256 that state.json names");
        assertThat(weights(run, CheckpointChoice.LAST)).isEqualTo(weights(whole, CheckpointChoice.LAST));
        assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(6);
    }

    @Test
    void momentsThatAreDamagedDoNotKeepAnyoneFromLookingAtTheModel() throws IOException {
        Path run = home.resolve("run");
        train(run, 2);
        flip(run.resolve("checkpoints/epoch-0002/optimizer.safetensors"));

        assertThat(checkpoints(run).of(CheckpointChoice.LAST).damaged()).isEmpty();
        assertThat(weights(run, CheckpointChoice.LAST)).isNotEqualTo(weights(run, new CheckpointChoice.Epoch(1)));
    }

    @Test
    void weightsThatAreDamagedAreNamedAndThoseBeforeAreLookedAt() throws IOException {
        Path run = home.resolve("run");
        train(run, 2);
        flip(run.resolve("checkpoints/epoch-0002/model.safetensors"));

        assertThat(checkpoints(run).of(CheckpointChoice.LAST).damaged()).hasSize(1);
        assertThat(weights(run, CheckpointChoice.LAST)).isEqualTo(weights(run, new CheckpointChoice.Epoch(1)));
    }

    @Test
    void aFolderThatClaimsToBeALaterCheckpointCostsNothing() throws IOException {
        Path run = home.resolve("run");
        train(run, 2);
        Path empty = Files.createDirectories(run.resolve("checkpoints/epoch-99999"));
        Path copied = Files.createDirectories(run.resolve("checkpoints/epoch-0100"));
        Files.copy(run.resolve("checkpoints/epoch-0002/state.json"), copied.resolve("state.json"));
        Told told = resume(run, 3);

        assertThat(told.passedOver).singleElement().asString().startsWith("epoch-0100: state.json is that of epoch 2");
        assertThat(checkpoints(run).epochs()).containsExactly(2, 3, 100);
        assertThat(empty).exists();
    }

    @Test
    void whereNoCheckpointIsWholeTheRunIsNotBegunAnewInSilence() throws IOException {
        Path run = home.resolve("run");
        train(run, 1);
        Files.writeString(run.resolve("checkpoints/epoch-0001/state.json"), "null");

        assertThatThrownBy(() -> resume(run, 2))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no checkpoint of the run is whole: epoch-0001: the file is not a JSON object");
    }

    @Test
    void aCheckpointOfALaterVersionIsCalledSo() throws IOException {
        Path run = home.resolve("run");
        train(run, 1);
        Path state = run.resolve("checkpoints/epoch-0001/state.json");
        Files.writeString(state, Files.readString(state).replace("\"format\" : 1", "\"format\" : 9"));

        assertThatThrownBy(() -> resume(run, 2)).hasMessageContaining("has format 9, of a later version of vae4j");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "{", "[1]", "{\"epoch\": 99999999999}", "\u0000\u0001"})
    void aStateThatIsNoneIsNamedInWordsAndTheCheckpointBeforeIsTaken(String state) throws IOException {
        Path run = home.resolve("run");
        train(run, 2);
        Files.writeString(run.resolve("checkpoints/epoch-0002/state.json"), state);
        Told told = resume(run, 3);

        assertThat(told.passedOver)
                .singleElement()
                .asString()
                .startsWith("epoch-0002: the file is not a JSON object")
                .contains("state.json")
                .doesNotContain("Exception", "deserialize", "Unexpected", "java.");
        assertThat(checkpoints(run).epochs()).contains(3);
    }

    @Test
    void whatAKilledProcessLeftUnfinishedIsTakenAwayAndNothingElse() throws IOException {
        Path run = home.resolve("run");
        train(run, 1);
        String id = ".8f14e45f-0000-4000-8000-0123456789ab.tmp";
        List<Path> drafts = List.of(
                Files.createFile(run.resolve(".report.html" + id)),
                Files.createFile(run.resolve("images/.originals.png" + id)),
                Files.createFile(run.resolve("checkpoints/.best.json" + id)),
                Files.createDirectories(run.resolve("checkpoints/epoch-0002.tmp")),
                Files.createDirectories(run.resolve("checkpoints/epoch-0001-step-000000003.tmp")));
        Files.createFile(drafts.get(3).resolve("model.safetensors"));
        List<Path> others = List.of(
                Files.createFile(run.resolve("notes.tmp")),
                Files.createFile(run.resolve(".hidden.tmp")),
                Files.createDirectories(run.resolve("checkpoints/mine.tmp")),
                Files.createDirectories(run.resolve(".folder" + id)));
        resume(run, 2);

        assertThat(drafts).noneMatch(Files::exists);
        assertThat(others).allMatch(Files::exists);
    }

    @Test
    void eventsOfStepsThatComeAgainAreDroppedByTheFileThatRepeatsThem() throws IOException {
        Path run = home.resolve("run");
        train(run, 2);
        long step = checkpoints(run).of(1).state().step();
        Path first = EventFile.in(run).get(0);
        flip(run.resolve("checkpoints/epoch-0002/model.safetensors"));
        resume(run, 2);
        Path second = EventFile.in(run).stream()
                .filter(file -> !file.equals(first))
                .findFirst()
                .orElseThrow();

        // field 7 is the session's log, whose first field is its status, which is 1 for a start
        Map<Integer, Object> restart = EventRecords.records(second).get(1);
        assertThat(restart).containsEntry(2, step + 1);
        assertThat((byte[]) restart.get(7)).containsExactly(0x08, 0x01);
        assertThat(EventRecords.records(first)).noneMatch(event -> event.containsKey(7));
    }

    @Test
    void weightsThatAreNotNumbersAreRefusedAlthoughTheirChecksumIsRight() throws IOException {
        Path run = home.resolve("run");
        train(run, 1);
        Path folder = run.resolve("checkpoints/epoch-0001");
        Path weights = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        String before = Sha256.of(bytes);
        Arrays.fill(bytes, bytes.length - Float.BYTES, bytes.length, (byte) 0xFF);
        Files.write(weights, bytes);
        Path state = folder.resolve("state.json");
        Files.writeString(state, Files.readString(state).replace(before, Sha256.of(bytes)));

        assertThatThrownBy(() -> TrainedModel.load(RunFolder.reading(run), Device.cpu()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("holds numbers that are not finite");
    }

    @Test
    void figuresThatAreMissingAreNamedAndTheManifestKeepsThat() throws IOException {
        Path run = home.resolve("run");
        train(run, 2);
        List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
        Files.write(run.resolve("metrics.jsonl"), lines.subList(0, 3));
        Told told = resume(run, 3);

        assertThat(told.changed).containsExactly("metrics.jsonl has no figures of epochs [2]: they are lost");
        Manifest manifest = RunFolder.reading(run).manifest();
        assertThat(manifest.resumed().get(0).changes()).isEqualTo(told.changed);
    }

    @Test
    void aRecipeThatWasChangedIsToldAndThenTheRunsOwn() throws IOException {
        Path run = home.resolve("run");
        train(run, 1);
        Path recipe = run.resolve("recipe.yaml");
        assertThat(RunFolder.reading(run).isRecipeChanged()).isFalse();
        Files.writeString(recipe, Files.readString(recipe).replace("epochs: 1", "epochs: 5"));

        assertThat(RunFolder.reading(run).isRecipeChanged()).isTrue();
        assertThat(resume(run, 2).changed).containsExactly("recipe.yaml is not as the run wrote it");
        assertThat(RunFolder.reading(run).isRecipeChanged()).isFalse();
    }

    @Test
    void aRunThatStandsElsewhereThanItsDataSayIsToldSo() throws IOException {
        Path run = home.resolve("run");
        train(run, 1);
        Path state = run.resolve("checkpoints/epoch-0001/state.json");
        Files.writeString(state, Files.readString(state).replaceFirst("\"step\" : \\d+", "\"step\" : 77"));

        assertThat(resume(run, 2).changed).singleElement().asString().startsWith("the run stands at step 77 after 1");
    }

    private static final class Told implements Progress {

        private final List<String> passedOver = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();
        private final List<Integer> completing = new ArrayList<>();

        @Override
        public void changed(String what) {
            changed.add(what);
        }

        @Override
        public void passedOver(String damage) {
            passedOver.add(damage);
        }

        @Override
        public void completing(int epoch) {
            completing.add(epoch);
        }
    }

    private static void train(Path run, int epochs) throws IOException {
        try (TrainingSession session = Small.session(Small.recipe("vae", epochs, "train.keepCheckpoints=2"), 0)) {
            session.run(run);
        }
    }

    private static Told resume(Path run, int epochs) throws IOException {
        Told told = new Told();
        try (TrainingSession session = Small.session(Small.recipe("vae", epochs, "train.keepCheckpoints=2"), 0, told)) {
            session.resume(run);
        }
        return told;
    }

    private static void uncompleted(Path run) throws IOException {
        try (RunFolder folder = RunFolder.open(run)) {
            Manifest manifest = folder.manifest();
            folder.write(manifest.completed(0));
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static Checkpoints checkpoints(Path run) {
        return RunFolder.reading(run).checkpoints();
    }

    private static float[] weights(Path run, CheckpointChoice choice) throws IOException {
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(run), choice, Device.cpu())) {
            return ModelState.of(model.model()).get(0).array().toFloatArray();
        }
    }
}
