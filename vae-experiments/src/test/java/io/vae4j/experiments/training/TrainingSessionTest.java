package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSessionTest {

    /** Recipes whose networks can be made small enough; {@link EveryRecipeTest} trains all of them. */
    static final List<String> NAMES = List.of("slides", "ae", "vae", "vae-full", "vae-flow", "cvae-prior", "iwae-5");

    @TempDir
    private Path home;

    @ParameterizedTest
    @FieldSource("NAMES")
    void aRunLearnsAndLeavesAWholeFolder(String name) throws IOException {
        Path run = run("run", Small.recipe(name, 6), 0);
        List<JsonNode> lines = metrics(run);

        assertThat(lines).hasSize(12);
        assertThat(lines.get(11).get("loss").asDouble())
                .isLessThan(lines.get(1).get("loss").asDouble() - 1);
        assertThat(run.resolve("recipe.yaml")).isNotEmptyFile();
        assertThat(run.resolve("manifest.json")).isNotEmptyFile();
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        assertThat(run.resolve("images")).isDirectoryContaining("glob:**/originals.png");
        assertThat(run.resolve("images")).isDirectoryContaining("glob:**/samples-epoch-0006.png");
        assertThat(run.resolve("images")).isDirectoryContaining("glob:**/reconstructions-epoch-0005.png");
        assertThat(run.resolve("checkpoints").toFile().list()).containsExactlyInAnyOrder("epoch-0005", "epoch-0006");
        assertThat(run).isDirectoryContaining("glob:**/events.out.tfevents.*");
    }

    @Test
    void linesHaveTheKeysOfTheContract() throws IOException {
        JsonNode elbo = metrics(run("elbo", Small.recipe("vae", 1), 0)).get(1);
        JsonNode iwae = metrics(run("iwae", Small.recipe("iwae-5", 1), 0)).get(1);

        assertThat(elbo.fieldNames())
                .toIterable()
                .containsExactly("epoch", "step", "split", "loss", "reconstruction", "kl", "elbo", "seconds");
        assertThat(elbo.get("split").asText()).isEqualTo("test");
        assertThat(elbo.get("step").asInt()).isEqualTo(7);
        assertThat(elbo.get("loss").asDouble()).isCloseTo(-elbo.get("elbo").asDouble(), within(1e-4));
        assertThat(iwae.get("bound").asDouble()).isEqualTo(-iwae.get("loss").asDouble());
        assertThat(iwae.get("bound").asDouble()).isGreaterThan(iwae.get("elbo").asDouble());
    }

    @Test
    void oneSeedGivesTheSameRunTwiceAndAnotherSeedDoesNot() throws IOException {
        Path first = run("first", Small.recipe("vae", 2), 5);
        Path again = run("again", Small.recipe("vae", 2), 5);
        Path other = run("other", Small.recipe("vae", 2), 6);

        assertThat(timeless(again)).isEqualTo(timeless(first)).isNotEqualTo(timeless(other));
        assertThat(weights(again, 2)).isEqualTo(weights(first, 2));
    }

    @Test
    void aResumedRunEqualsAnUninterruptedOneBitForBit() throws IOException {
        Path whole = run("whole", Small.recipe("iwae-5", 4), 1);
        Path parts = run("parts", Small.recipe("iwae-5", 2), 1);
        Files.writeString(parts.resolve("metrics.jsonl"), "{\"epoch\":3,\"step\":21,\"spl", StandardOpenOption.APPEND);
        resume(parts, 4, 1);

        assertThat(weights(parts, 4)).isEqualTo(weights(whole, 4));
        assertThat(moments(parts, 4)).isEqualTo(moments(whole, 4));
        assertThat(timeless(parts)).isEqualTo(timeless(whole));
    }

    /** What an objective has learned goes on, too: a multiplier, or a discriminator with its moments. */
    @ParameterizedTest
    @ValueSource(strings = {"geco", "shapes-factor-vae"})
    void aResumedRunGoesOnWithWhatItsObjectiveHasLearned(String name) throws IOException {
        String values = "data.values=dynamic-binarization";
        Path whole = run("whole", Small.recipe(name, 4, values), 1);
        Path parts = run("parts", Small.recipe(name, 2, values), 1);
        resume(parts, 4, 1);

        assertThat(weights(parts, 4)).isEqualTo(weights(whole, 4));
        assertThat(moments(parts, 4)).isEqualTo(moments(whole, 4));
        assertThat(timeless(parts)).isEqualTo(timeless(whole));
        assertThat(metrics(parts))
                .allMatch(line -> line.has("multiplier") == name.equals("geco")
                        && line.has("constraint") == name.equals("geco")
                        && line.has("total_correlation") == name.equals("shapes-factor-vae"));
    }

    @Test
    void aDamagedCheckpointIsRefusedByName() throws IOException {
        Path run = run("damaged", Small.recipe("vae", 1), 0);
        Path weights = run.resolve("checkpoints/epoch-0001/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);

        assertThatThrownBy(() -> resume(run, 2, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("SHA-256");
    }

    @Test
    void weightsOfAnotherShapeAreRefused() throws IOException {
        Path run = run("narrow", Small.recipe("vae", 1), 0);
        Recipe wider = Recipes.parse(Recipes.write(Small.recipe("vae", 2)).replace("- 12", "- 13"), "wider", List.of());
        Files.writeString(run.resolve("recipe.yaml"), Recipes.write(wider));

        assertThatThrownBy(() -> resume(run, 2, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("(12,")
                .hasMessageContaining("(13,");
    }

    @Test
    void anotherSeedCannotResume() throws IOException {
        Path run = run("seeded", Small.recipe("vae", 1), 3);

        assertThatThrownBy(() -> resume(run, 2, 4))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("seed 3");
    }

    @Test
    void aFolderThatIsNotEmptyIsRefused() throws IOException {
        Files.writeString(home.resolve("something"), "x");

        assertThatThrownBy(() -> RunFolder.create(home))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> RunFolder.open(home))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("recipe.yaml");
    }

    @Test
    void aStoppedRunEndsBetweenTwoSteps() throws InterruptedException {
        StopSignal stop = new StopSignal();
        List<Integer> heard = new ArrayList<>();
        Recipe endless = Small.recipe("vae", 1_000_000);
        try (TrainingSession session = TrainingSession.of(
                "small", endless, Small.data(), Randomness.of(0), RunDevice.cpu(), stoppingAt(1, stop, heard), stop)) {
            assertThatThrownBy(() -> session.run(home.resolve("stopped"))).isInstanceOf(StopSignal.Stopped.class);
        }
        stop.awaitEnd();
        assertThat(heard).containsExactly(1);
        assertThat(stop.request()).isFalse();
    }

    /** Asks once the step is done, as Ctrl-C does, and is told that there is a run to wait for. */
    private static Progress stoppingAt(int step, StopSignal stop, List<Integer> heard) {
        return new Progress() {
            @Override
            public void step(int done, double runningLoss) {
                heard.add(done);
                if (done == step) {
                    assertThat(stop.request()).isTrue();
                }
            }
        };
    }

    @Test
    void aRunFolderBelongsToOneWriterAtATime() throws IOException {
        Path run = run("shared", Small.recipe("vae", 1), 0);
        try (RunFolder first = RunFolder.open(run)) {
            assertThat(first.path()).isEqualTo(run);
            assertThatThrownBy(() -> RunFolder.open(run))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("another process");
            assertThat(TrainedModel.recipe(RunFolder.reading(run))).isEqualTo(TrainedModel.recipe(first));
        }
        RunFolder.open(run).close();
        RunFolder.reading(run).close();
        assertThat(run.resolve(".lock")).doesNotExist();
    }

    @Test
    void anEpochThatIsDoneCannotBeAskedForAgain() throws IOException {
        Path run = run("done", Small.recipe("vae", 2), 0);

        assertThatThrownBy(() -> resume(run, 1, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("trained up to epoch 2 already");
    }

    private Path run(String name, Recipe recipe, long seed) throws IOException {
        try (TrainingSession session = Small.session(recipe, seed)) {
            session.run(home.resolve(name));
            return home.resolve(name);
        }
    }

    private void resume(Path path, int epochs, long seed) throws IOException {
        Recipe recipe = TrainedModel.recipe(RunFolder.reading(path)).withEpochs(epochs);
        try (TrainingSession session = Small.session(recipe, seed)) {
            session.resume(path);
        }
    }

    private static List<JsonNode> metrics(Path run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"), StandardCharsets.UTF_8)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static List<JsonNode> timeless(Path run) throws IOException {
        List<JsonNode> lines = metrics(run);
        lines.forEach(line -> ((ObjectNode) line).remove("seconds"));
        return lines;
    }

    private static byte[] weights(Path run, int epoch) throws IOException {
        return Files.readAllBytes(run.resolve("checkpoints/epoch-000" + epoch + "/model.safetensors"));
    }

    private static byte[] moments(Path run, int epoch) throws IOException {
        return Files.readAllBytes(run.resolve("checkpoints/epoch-000" + epoch + "/optimizer.safetensors"));
    }
}
