package io.vae4j.spark.sweep;

import io.vae4j.experiments.run.BuildInfo;
import io.vae4j.experiments.sweep.ClusterProvider;
import io.vae4j.experiments.sweep.RunBackend;
import io.vae4j.experiments.sweep.SweepSpec;
import io.vae4j.spark.ClusterSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Trains runs on the executors of a cluster: each run is a job of one task, which Spark begins again elsewhere when its
 * executor is lost.
 */
final class ClusterBackend implements RunBackend {

    private final ClusterSession session;
    private final JavaSparkContext context;
    private final ClusterProvider.Request request;
    private final String store;
    private final List<String> slots;
    private volatile boolean stopping;

    /** @param slots how many runs at one time */
    ClusterBackend(ClusterSession session, ClusterProvider.Request request, String store, int slots) {
        this.session = session;
        this.request = request;
        this.store = store;
        this.slots = Collections.nCopies(slots, request.master());
        context = JavaSparkContext.fromSparkContext(session.spark().sparkContext());
    }

    @Override
    public List<String> slots() {
        return slots;
    }

    @Override
    public End train(Order order, int slot) {
        return order.until()
                .map(epoch -> done(order, new RunTask.Work.TrainUntil(epoch)))
                .orElseGet(() -> done(order, new RunTask.Work.TrainToEnd()));
    }

    @Override
    public Optional<String> evaluate(Order order, SweepSpec.Evaluated how, int slot) {
        End end = done(order, new RunTask.Work.Evaluate(how.settings(), how.samples(), how.examples()));
        if (end instanceof End.Failed failed) {
            return Optional.of(failed.reason());
        }
        return end instanceof End.Lost lost ? Optional.of(lost.how()) : Optional.empty();
    }

    private End done(Order order, RunTask.Work work) {
        try {
            RunTask task = new RunTask(
                    BuildInfo.version(),
                    store,
                    order.name(),
                    String.valueOf(order.recipe().getFileName()),
                    Files.readString(order.recipe()),
                    order.seed(),
                    work,
                    request.device(),
                    List.copyOf(request.arguments()));
            return reported(order, submitted(order, task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<RunTask.Report> submitted(Order order, RunTask task) {
        if (stopping) {
            return Optional.empty();
        }
        context.setJobGroup(order.name(), order.name(), true);
        try {
            return Optional.of(
                    context.parallelize(List.of(0), 1).map(task).collect().get(0));
        } catch (RuntimeException e) {
            if (stopping) {
                return Optional.empty();
            }
            return Optional.of(new RunTask.Report(RunTask.Report.Kind.LOST, SparkFaults.told(e), ""));
        }
    }

    /** What a report shows of the run comes to this machine. */
    private End reported(Order order, Optional<RunTask.Report> report) throws IOException {
        if (report.isEmpty()) {
            return new End.Stopped();
        }
        Files.createDirectories(order.log().getParent());
        Files.writeString(order.log(), report.get().log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (request.store().isPresent()) {
            RunStore.at(store).pullShown(order.name(), order.folder());
        }
        return report.get().end();
    }

    @Override
    public void keep(String name, byte[] content) throws IOException {
        if (request.store().isPresent()) {
            RunStore.at(store).put(name, content);
        }
    }

    /** As Parquet beside them. */
    @Override
    public void published(Path folder) throws IOException {
        for (String table : List.of("results", "settings")) {
            Path csv = folder.resolve(table + ".csv");
            keep(table + ".csv", Files.readAllBytes(csv));
            // the lines come from here: executors on other machines do not see the file
            List<String> lines = Files.readAllLines(csv);
            SparkSession spark = session.spark();
            spark.read()
                    .option("header", true)
                    .option("inferSchema", true)
                    .option("escape", "\"")
                    .csv(spark.createDataset(lines, Encoders.STRING()))
                    .coalesce(1)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .parquet(store + "/" + table + ".parquet");
        }
        keep("report.html", Files.readAllBytes(folder.resolve("report.html")));
    }

    @Override
    public void stop() {
        stopping = true;
        context.cancelAllJobs();
    }

    @Override
    public void close() {
        session.close();
    }
}
