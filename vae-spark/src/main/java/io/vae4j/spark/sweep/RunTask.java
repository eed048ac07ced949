package io.vae4j.spark.sweep;

import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.device.DeviceSlots;
import io.vae4j.experiments.sweep.LocalBackend;
import io.vae4j.experiments.sweep.ProgramLine;
import io.vae4j.experiments.sweep.RunBackend;
import io.vae4j.experiments.sweep.RunBackend.End;
import io.vae4j.experiments.sweep.SweepSpec;
import io.vae4j.spark.ExecutorEngine;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * What an executor does for a run: brings it from the store, trains or evaluates it in a process of its own, and keeps
 * each checkpoint in the store as soon as it is there.
 *
 * @param version of the driver's vae4j
 * @param store its address
 * @param name of the run
 * @param recipeFile the name of its recipe's file, which is the recipe's
 * @param recipe as YAML
 * @param work what is to be done with it
 * @param device that the run asks for
 * @param arguments that the run is given besides
 */
record RunTask(
        String version,
        String store,
        String name,
        String recipeFile,
        String recipe,
        long seed,
        Work work,
        String device,
        List<String> arguments)
        implements Function<Integer, RunTask.Report>, Serializable {

    private static final long serialVersionUID = 1;
    private static final long KEEP_MILLIS = 1000;

    /** What can be done with a run. */
    sealed interface Work extends Serializable {

        /** To train it to its end. */
        record TrainToEnd() implements Work {
            private static final long serialVersionUID = 1;
        }

        /** To train it until it pauses after an epoch. */
        record TrainUntil(int epoch) implements Work {
            private static final long serialVersionUID = 1;
        }

        /** To look at the test examples. */
        record Evaluate(int settings, long samples, int examples) implements Work {
            private static final long serialVersionUID = 1;
        }
    }

    /**
     * How it went.
     *
     * @param kind what became of it: REACHED, FAILED, LOST or STOPPED
     * @param reason where it failed or its process died
     * @param log what its processes have told
     */
    record Report(Kind kind, String reason, String log) implements Serializable {

        private static final long serialVersionUID = 1;

        /** As the ends of a backend. */
        enum Kind {
            REACHED,
            FAILED,
            LOST,
            STOPPED
        }

        End end() {
            return switch (kind) {
                case REACHED -> new End.Reached();
                case FAILED -> new End.Failed(reason);
                case LOST -> new End.Lost(reason);
                case STOPPED -> new End.Stopped();
            };
        }

        private static Report of(End end, String log) {
            if (end instanceof End.Failed failed) {
                return new Report(Kind.FAILED, failed.reason(), log);
            } else if (end instanceof End.Lost lost) {
                return new Report(Kind.LOST, lost.how(), log);
            }
            return new Report(end instanceof End.Reached ? Kind.REACHED : Kind.STOPPED, "", log);
        }
    }

    @Override
    public Report call(Integer partition) throws IOException, InterruptedException {
        ExecutorEngine.requireVersion(version);
        Path scratch = Files.createTempDirectory("sweep");
        RunBackend.Order order = new RunBackend.Order(
                name,
                Files.writeString(scratch.resolve(recipeFile), recipe),
                seed,
                scratch,
                work instanceof Work.TrainUntil pausing ? Optional.of(pausing.epoch()) : Optional.empty());
        RunStore runs = RunStore.at(store);
        runs.pull(name, order.folder());
        ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> keeping =
                keeper.scheduleWithFixedDelay(() -> keep(runs, order), KEEP_MILLIS, KEEP_MILLIS, TimeUnit.MILLISECONDS);
        try (RunBackend here = LocalBackend.of(List.of(slot()), program(), arguments)) {
            End end = done(here, order);
            keeping.cancel(false);
            stop(keeper);
            runs.pushAll(name, order.folder());
            return Report.of(end, Files.readString(order.log()));
        } finally {
            stop(keeper);
            AtomicFiles.delete(scratch);
        }
    }

    private End done(RunBackend here, RunBackend.Order order) throws InterruptedException {
        if (work instanceof Work.Evaluate how) {
            SweepSpec.Evaluated asked = new SweepSpec.Evaluated(how.settings(), how.samples(), how.examples());
            return here.evaluate(order, asked, 0).<End>map(End.Failed::new).orElseGet(End.Reached::new);
        }
        return here.train(order, 0);
    }

    /** What cannot be kept now is tried again, and refused in the end. */
    private void keep(RunStore runs, RunBackend.Order order) {
        try {
            runs.pushCheckpoint(name, order.folder());
        } catch (IOException | RuntimeException e) {
            System.err.println("a checkpoint of " + name + " is not in the store yet: " + e);
        }
    }

    private static void stop(ScheduledExecutorService keeper) throws InterruptedException {
        keeper.shutdown();
        keeper.awaitTermination(1, TimeUnit.MINUTES);
    }

    /** A GPU that Spark has given to the task is the one that the process sees. */
    private DeviceSlots.Slot slot() {
        int threads = Math.max(1, Integer.parseInt(SparkEnv.get().conf().get("spark.task.cpus", "1")));
        var gpu = TaskContext.get().resourcesJMap().get("gpu");
        Map<String, String> shown =
                gpu == null ? Map.of() : Map.of("CUDA_VISIBLE_DEVICES", String.join(",", gpu.addresses()));
        return new DeviceSlots.Slot(device, threads, shown, "a task");
    }

    /** What the driver has sent, without Spark's own libraries. */
    private static ProgramLine program() throws IOException {
        Path sent = Path.of(SparkFiles.getRootDirectory());
        return new ProgramLine(
                List.of(
                        "-Xmx2g",
                        "-XX:+UseSerialGC",
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dvae4j.natives=" + sent),
                String.join(File.pathSeparator, ExecutorLibraries.classPath()));
    }
}
