package io.vae4j.spark.sweep;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.sweep.ClusterProvider;
import io.vae4j.experiments.sweep.RunBackend;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.MasterAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkContext;

/** Sweeps on clusters of Spark. */
public final class SparkClusterProvider implements ClusterProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SETTLED = Duration.ofSeconds(2);

    @Override
    public RunBackend connect(Request request) throws IOException {
        ClusterSession session = ClusterSession.open(new MasterAddress(request.master()), "vae4j sweep");
        try {
            String store = request.store()
                    .orElseGet(() -> request.folder().toAbsolutePath().toUri().toString());
            int slots = request.jobs().orElseGet(() -> slots(session.spark().sparkContext()));
            return new ClusterBackend(session, request, store, slots);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** How many tasks find room, once executors have come. */
    private static int slots(SparkContext context) {
        int each = Integer.parseInt(context.getConf().get("spark.task.cpus", "1"));
        long end = System.nanoTime() + PATIENCE.toNanos();
        long since = System.nanoTime();
        int known = executors(context);
        while (System.nanoTime() < end && (known == 0 || System.nanoTime() - since < SETTLED.toNanos())) {
            pause();
            if (executors(context) != known) {
                known = executors(context);
                since = System.nanoTime();
            }
        }
        if (known == 0) {
            throw new InvalidInput(
                    "no executor has come within " + PATIENCE.toSeconds() + " s",
                    "--master",
                    "start workers for this master, or ask for less: spark.executor.memory, spark.executor.cores");
        }
        return Math.max(1, context.defaultParallelism() / each);
    }

    /** In a local master the driver is the only one. */
    private static int executors(SparkContext context) {
        int all = context.statusTracker().getExecutorInfos().length;
        return context.isLocal() ? all : all - 1;
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void restore(String store, Path folder) throws IOException {
        RunStore runs = RunStore.at(store);
        if (!runs.has("sweep.yaml")) {
            throw new InvalidInput("there is no sweep in the store", store, "give the address that it was begun with");
        }
        Files.createDirectories(folder);
        for (String name : List.of("base.yaml", "journal.jsonl", "sweep.yaml")) {
            if (runs.has(name)) {
                Files.write(folder.resolve(name), runs.get(name));
            }
        }
    }
}
