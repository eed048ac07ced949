package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.CheckpointChoice.Epoch;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a run's weights are opened. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckpointChoiceTest {

    @TempDir
    private static Path home;

    private static RunFolder run;

    @BeforeAll
    static void train() throws IOException {
        try (TrainingSession session = Small.session(Small.recipe("ae", 3, "train.keepCheckpoints=3"), 0)) {
            session.run(home.resolve("run"));
        }
        run = RunFolder.reading(home.resolve("run"));
    }

    @Test
    void eachEpochThatWasKeptOpensWithItsOwnWeights() throws IOException {
        float[] second = weights(new Epoch(2));
        float[] last = weights(CheckpointChoice.LAST);

        assertThat(weights(new Epoch(3))).isEqualTo(last);
        assertThat(second).isNotEqualTo(last);
        try (TrainedModel model = TrainedModel.load(run, new Epoch(2), Device.cpu())) {
            assertThat(model.epoch()).isEqualTo(2);
            assertThat(model.weights()).hasToString("epoch 2");
        }
    }

    @Test
    void theBestOutlivesThoseThatArePruned() throws IOException {
        Path other = home.resolve("other");
        try (TrainingSession session = Small.session(Small.recipe("ae", 3, "train.keepCheckpoints=3"), 0)) {
            session.run(other);
        }
        Checkpoints checkpoints = RunFolder.reading(other).checkpoints();
        checkpoints.mark(new Checkpoints.Best(1, "loss", 0.5));
        checkpoints.prune(1, 3);

        assertThat(checkpoints.epochs()).containsExactly(1, 3);
        assertThat(checkpoints.best()).hasValue(new Checkpoints.Best(1, "loss", 0.5));
        assertThat(checkpoints.of(CheckpointChoice.BEST).checkpoint().state().epoch())
                .isEqualTo(1);
        assertThat(checkpoints.of(CheckpointChoice.LAST).checkpoint().state().epoch())
                .isEqualTo(3);
    }

    @Test
    void whatWasNotKeptIsRefusedByALineThatNamesWhatThereIs() {
        for (CheckpointChoice missing : List.of(CheckpointChoice.BEST, new Epoch(7))) {
            assertThatThrownBy(() -> TrainedModel.load(run, missing, Device.cpu()))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("no checkpoint '" + missing + "'")
                    .hasMessageContaining("[1, 2, 3]");
        }
        assertThatThrownBy(() -> TrainedModel.load(run, CheckpointChoice.BEST, Device.cpu()))
                .hasMessageContaining("train.earlyStopping");
    }

    @ParameterizedTest
    @ValueSource(strings = {"last", "Best", "12"})
    void choicesAreRead(String text) {
        assertThat(CheckpointChoice.parse(text).toString()).endsWithIgnoringCase(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "latest", "99999999999"})
    void whatIsNoChoiceIsRefused(String text) {
        assertThatThrownBy(() -> CheckpointChoice.parse(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("give last, best or the number of an epoch");
    }

    private static float[] weights(CheckpointChoice choice) throws IOException {
        try (TrainedModel model = TrainedModel.load(run, choice, Device.cpu())) {
            NDArray first = ModelState.of(model.model()).get(0).array();
            return first.toFloatArray();
        }
    }
}
