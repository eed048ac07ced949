package io.vae4j.spark.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.TestedEpochs;
import io.vae4j.experiments.sweep.ClusterProvider;
import io.vae4j.experiments.sweep.LocalBackend;
import io.vae4j.experiments.sweep.RunBackend;
import io.vae4j.experiments.sweep.Sweep;
import io.vae4j.experiments.sweep.SweepProgress;
import io.vae4j.experiments.training.StopSignal;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps whose runs are trained by executors, which are processes of their own. */
@ExtendWith(LocalCluster.class)
class ClusterSweepTest {

    private static final String TOY = """
            recipe: toy
            set: {train.epochs: EPOCHS, data.set.train: 300, data.set.test: 60, model.network.hidden: [8]}
            vary: {optimizer.learningRate: [0.001, 0.003]}
            seeds: [4]
            evaluate: {settings: 1, samples: 10, examples: 20}
            """;

    @TempDir
    private Path home;

    @Test
    void executorsTrainWhatThisMachineWould(ClusterSession session) throws Exception {
        Path store = home.resolve("store");
        run(
                home.resolve("there"),
                "3",
                backend(session, Optional.of(store.toUri().toString()), "there"));
        run(home.resolve("here"), "3", LocalBackend.of("cpu", OptionalInt.of(1), List.of()));

        for (String run : List.of("toy-0000-s4", "toy-0001-s4")) {
            assertThat(timeless(home.resolve("there/runs").resolve(run)))
                    .hasSize(6)
                    .isEqualTo(timeless(home.resolve("here/runs").resolve(run)));
            assertThat(store.resolve("runs").resolve(run).resolve("checkpoints/epoch-0003/model.safetensors"))
                    .hasSameBinaryContentAs(
                            home.resolve("here/runs").resolve(run).resolve("checkpoints/epoch-0003/model.safetensors"));
        }
        assertThat(session.spark()
                        .read()
                        .parquet(store.resolve("results.parquet").toString())
                        .select("run", "epochs")
                        .collectAsList())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("[toy-0000-s4,3]", "[toy-0001-s4,3]");
        assertThat(store.resolve("journal.jsonl"))
                .hasSameTextualContentAs(home.resolve("there/journal.jsonl"))
                .content()
                .contains("\"event\":\"evaluated\"", "\"nll\":");
    }

    /** Spark begins the task again elsewhere, and the run goes on from the checkpoint that is in the store. */
    @Test
    void aRunWhoseExecutorDiesGoesOnElsewhere(ClusterSession session) throws Exception {
        Path sweep = home.resolve("sweep");
        Thread killer = new Thread(() -> killOneExecutor(sweep.resolve("runs")));
        killer.start();
        run(sweep, "150", backend(session, Optional.empty(), "sweep"));
        killer.join();

        for (String run : List.of("toy-0000-s4", "toy-0001-s4")) {
            List<String> epochs = timeless(sweep.resolve("runs").resolve(run)).stream()
                    .map(line -> line.replaceAll("\\{\"epoch\":(\\d+),.*\"split\":\"(\\w+)\".*", "$1 $2"))
                    .toList();
            assertThat(epochs).hasSize(300).doesNotHaveDuplicates();
        }
        assertThat(Files.readString(sweep.resolve("journal.jsonl"))).doesNotContain("\"failed\"");
        assertThat(Files.readString(sweep.resolve("runs/toy-0000-s4/manifest.json"))
                        + Files.readString(sweep.resolve("runs/toy-0001-s4/manifest.json")))
                .contains("\"resumed\" : [ {");
    }

    /** Once both have kept a checkpoint: whichever it is, its run has one to go on from. */
    private static void killOneExecutor(Path runs) {
        try {
            for (String run : List.of("toy-0000-s4", "toy-0001-s4")) {
                while (!Files.exists(runs.resolve(run).resolve("recipe.yaml"))) {
                    Thread.sleep(50);
                }
            }
            ProcessHandle executor = ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                    .findFirst()
                    .orElseThrow();
            executor.destroyForcibly();
            executor.onExit().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("no executor was killed", e);
        }
    }

    private RunBackend backend(ClusterSession session, Optional<String> store, String folder) {
        Path sweep = home.resolve(folder);
        ClusterProvider.Request request =
                new ClusterProvider.Request("local-cluster", store, sweep, "cpu", OptionalInt.of(2), List.of());
        return new ClusterBackend(session, request, store.orElse(sweep.toUri().toString()), 2);
    }

    private void run(Path folder, String epochs, RunBackend backend) throws Exception {
        Path file = home.resolve("sweep.yaml");
        Files.writeString(file, TOY.replace("EPOCHS", epochs));
        try (Sweep sweep = Sweep.draft(file).in(folder, ClusterSweepTest::untested)) {
            sweep.run(backend, SweepProgress.silent(), new StopSignal());
        }
    }

    private static Recipe untested(Recipe recipe) {
        return recipe.withValidation(0.1).tested(TestedEpochs.NONE);
    }

    private static List<String> timeless(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceFirst(",\"seconds\":[^,}]*", ""))
                .toList();
    }
}
