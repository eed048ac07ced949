package io.vae4j.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.Progress;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.StopSignal;
import io.vae4j.experiments.training.TrainingSession;
import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.Rounds;
import io.vae4j.experiments.training.localsgd.TrainingState;
import io.vae4j.experiments.training.localsgd.Workers;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers in two executor processes against workers that take turns here. */
@ExtendWith(LocalCluster.class)
class SparkRoundsTest {

    private static final Recipe RECIPE = Recipes.find(
            "toy",
            List.of(
                    "train.epochs=2",
                    "train.batch=20",
                    "data.set.train=400",
                    "data.set.test=50",
                    "train.figureEpochs=[]"));

    @TempDir
    private Path home;

    /** Of five, four are averaged on an executor and the rest by the driver. */
    @ParameterizedTest
    @CsvSource({"1, 7", "2, 3", "5, 2"})
    void aRunOnAClusterHasTheBitsOfWorkersThatTakeTurns(int workers, int localSteps, ClusterSession cluster)
            throws IOException {
        LocalSgd method = new LocalSgd(workers, localSteps);
        Dataset data = RECIPE.data().load(DataAccess.standard());
        Path here = run("here", RECIPE, data, new Workers.InTurn(method));
        Path there = run("there", RECIPE, data, new Workers.Elsewhere(method, rounds(cluster, RECIPE, data, method)));

        assertThat(files(there)).isEqualTo(files(here));
        assertThat(metrics(there)).isEqualTo(metrics(here));
    }

    @Test
    void anExecutorThatIsLostInTheMiddleOfARoundChangesNothing(ClusterSession cluster) throws IOException {
        LocalSgd method = new LocalSgd(2, 10_000);
        Recipe longer = Recipes.parse(Recipes.write(RECIPE), "longer", List.of("data.set.train=6000", "train.batch=4"));
        Dataset data = longer.data().load(DataAccess.standard());
        LostTasks lost = new LostTasks();
        cluster.spark().sparkContext().addSparkListener(lost);
        Path here = run("here", longer, data, new Workers.InTurn(method));
        Rounds killing = new Killing(rounds(cluster, longer, data, method), context(cluster));
        Path there = run("there", longer, data, new Workers.Elsewhere(method, killing));

        assertThat(lost.count()).isPositive();
        assertThat(files(there)).isEqualTo(files(here));
        assertThat(metrics(there)).isEqualTo(metrics(here));
    }

    @Test
    void aWorkerThatReadsOtherDataThanTheRunIsRefusedInALine(ClusterSession cluster) {
        LocalSgd method = new LocalSgd(2, 1);
        Recipe other = Recipes.parse(Recipes.write(RECIPE), "other", List.of("data.set.train=401"));
        Dataset data = other.data().load(DataAccess.standard());
        WorkerAssignment assignment = WorkerAssignment.of(
                RECIPE, data, Optional.empty(), Randomness.of(0), method, DeviceRequest.parse("cpu"));

        assertThatThrownBy(() -> new SparkRounds(context(cluster), assignment)
                        .run(new Round(1, 0, 1), new TrainingState(new float[0])))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(
                        "a worker reads other data than the run: {test=50, train=400} examples where the"
                                + " run has {test=50, train=401}, of another SHA-256");
    }

    /** Ends the process of an executor while it computes its part of the second round. */
    private static final class Killing implements Rounds {

        private static final long MILLISECONDS_INTO_THE_ROUND = 200;

        private final Rounds rounds;
        private final ProcessHandle victim;

        Killing(Rounds rounds, JavaSparkContext context) {
            this.rounds = rounds;
            List<Long> processes = context.parallelize(List.of(1, 2), 2)
                    .map(task -> ProcessHandle.current().pid())
                    .collect();
            victim = ProcessHandle.of(processes.get(0)).orElseThrow();
        }

        @Override
        public RoundPart run(Round round, TrainingState state) {
            if (round.epoch() == 2) {
                CompletableFuture.delayedExecutor(MILLISECONDS_INTO_THE_ROUND, TimeUnit.MILLISECONDS)
                        .execute(victim::destroyForcibly);
            }
            return rounds.run(round, state);
        }
    }

    /** Counts the tasks that went with their executor. */
    private static final class LostTasks extends SparkListener {

        private final AtomicInteger lost = new AtomicInteger();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.reason() instanceof ExecutorLostFailure) {
                lost.incrementAndGet();
            }
        }

        int count() {
            return lost.get();
        }
    }

    private static Rounds rounds(ClusterSession cluster, Recipe recipe, Dataset data, LocalSgd method) {
        return new SparkRounds(
                context(cluster),
                WorkerAssignment.of(
                        recipe, data, Optional.empty(), Randomness.of(0), method, DeviceRequest.parse("cpu")));
    }

    private static JavaSparkContext context(ClusterSession cluster) {
        return JavaSparkContext.fromSparkContext(cluster.spark().sparkContext());
    }

    private Path run(String name, Recipe recipe, Dataset data, Workers workers) throws IOException {
        Path folder = home.resolve(name);
        try (TrainingSession session = TrainingSession.of(
                "toy",
                recipe,
                data,
                Randomness.of(0),
                RunDevice.chosen(Device.cpu()),
                Progress.silent(),
                new StopSignal(),
                workers)) {
            session.run(folder);
        }
        return folder;
    }

    private static Map<String, String> files(Path run) {
        return RunFolder.reading(run).checkpoints().of(2).state().files();
    }

    /** All but the times. */
    private static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll(",\"(seconds|[a-z]+_seconds)\":[^,}]*", ""))
                .toList();
    }
}
