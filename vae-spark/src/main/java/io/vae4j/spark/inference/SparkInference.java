package io.vae4j.spark.inference;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.stddev_samp;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.cluster.ClusterInference;
import io.vae4j.experiments.cluster.InferenceTask;
import io.vae4j.experiments.cluster.RowQuestion;
import io.vae4j.spark.ClusterFault;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.MasterAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * {@code ./vae encode}, {@code score} and {@code evaluate} with {@code --master}: from Parquet files to Parquet files.
 */
public final class SparkInference implements ClusterInference {

    @Override
    public List<String> answer(InferenceTask task, Consumer<String> told) throws IOException {
        Thread interrupted = new Thread(() -> told.accept("interrupted; " + task.out() + " is not whole"), "on-signal");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try (ClusterSession session = ClusterSession.open(new MasterAddress(task.master()), "vae4j: " + task.run())) {
            return ClusterFault.told(() -> answered(session.spark(), task, told));
        } finally {
            withdraw(interrupted);
        }
    }

    private static void withdraw(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook has run
        }
    }

    private static List<String> answered(SparkSession spark, InferenceTask task, Consumer<String> told)
            throws IOException {
        requireFree(spark, task.out());
        SparkModel model = model(spark, task);
        Dataset<Row> rows = read(spark, task.data());
        told.accept("putting the rows of " + task.data() + " to " + task.run() + " on " + task.master());
        Optional<String> column = task.columns().values();
        Dataset<Row> answers;
        if (task.question() instanceof RowQuestion.Scores scores) {
            answers = model.score(rows, column, scores.scoring());
        } else if (task.question() instanceof RowQuestion.Likelihood likelihood) {
            answers = model.evaluate(rows, column, likelihood.samples());
        } else {
            answers = model.encode(rows, column);
        }
        answers.write().mode(SaveMode.Overwrite).parquet(task.out());
        return summary(spark.read().parquet(task.out()), task);
    }

    private static SparkModel model(SparkSession spark, InferenceTask task) throws IOException {
        SparkModel model = SparkModel.open(spark, task.run(), task.weights())
                .onDevice(task.device().toString())
                .withSeed(task.seed());
        if (task.columns().labels().isPresent()) {
            model = model.withLabels(task.columns().labels().get());
        }
        if (task.columns().index().isPresent()) {
            model = model.indexedBy(task.columns().index().get());
        }
        if (task.condition().isPresent()) {
            model = model.withCondition(task.condition().get());
        }
        return task.examples().isPresent() ? model.upTo(task.examples().get()) : model;
    }

    /** What an interrupted command has left is nobody's. */
    private static void requireFree(SparkSession spark, String out) throws IOException {
        Path path = new Path(out);
        FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
        boolean left = !files.exists(path)
                || Stream.of(files.listStatus(path))
                        .allMatch(inside -> inside.getPath().getName().equals("_temporary"));
        if (!left) {
            throw new InvalidInput("this is there already", out, "give --out a name that is free");
        }
    }

    private static Dataset<Row> read(SparkSession spark, String data) throws IOException {
        Path path = new Path(data);
        if (!path.getFileSystem(spark.sessionState().newHadoopConf()).exists(path)) {
            throw new InvalidInput("there is no such file or folder", data, "give --data Parquet files");
        }
        try {
            Dataset<Row> rows = spark.read().parquet(data);
            if (rows.isEmpty()) {
                throw new InvalidInput("there are no rows", data, "give --data Parquet files that have some");
            }
            return rows;
        } catch (InvalidInput e) {
            throw e;
        } catch (Exception e) {
            throw new InvalidInput(
                    "these are no Parquet files: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    data,
                    "give --data Parquet files");
        }
    }

    /** From what was written: nothing is computed twice. */
    private static List<String> summary(Dataset<Row> written, InferenceTask task) {
        if (task.question() instanceof RowQuestion.Likelihood) {
            return List.of(task.run() + ": " + LikelihoodSummary.of(written));
        }
        if (!Arrays.asList(written.columns()).contains("nll")) {
            return List.of(written.count() + " rows");
        }
        Row nll = written.agg(
                        count(lit(1)), avg(col("nll")), stddev_samp(col("nll")).divide(sqrt(count(lit(1)))))
                .first();
        return List.of(String.format(
                Locale.ROOT,
                "mean nll of %d examples: %.2f nats, standard error %.2f",
                nll.getLong(0),
                nll.getDouble(1),
                nll.isNullAt(2) ? Double.NaN : nll.getDouble(2)));
    }
}
