package io.vae4j.spark.inference;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.application.Scoring;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.spark.ExecutorCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A trained model that is asked about the rows of a table, on a cluster or in a local session: every column stays, and
 * the answers become columns behind them.
 *
 * <pre>{@code
 * var model = SparkModel.open(spark, "runs/mine");
 * Dataset<Row> scored = model.score(spark.read().parquet("images.parquet"), "pixels");
 * }</pre>
 *
 * <p>An example is an array of numbers in one column, or bytes: a picture's file, or the levels themselves. Whole
 * numbers and bytes stand for levels, {@code n / 255}; floats and doubles stand for themselves. What is drawn for a row
 * depends on the seed and on its index alone. That is its place in the Parquet files that the rows come from, in the
 * order of their names, or else a column that {@link #indexedBy} names: the numbers are those of {@code ./vae} for the
 * same examples in this order, whatever the number of partitions, executors and retries.
 *
 * <p>What is wrong with a row is found by the task that reads it, and the cause of Spark's exception is then an
 * {@link InvalidInput}.
 */
public final class SparkModel {

    private static final String INDEX = "index";

    private final SparkSession spark;
    private final OpenedRun run;
    private final InferenceSettings settings;

    private SparkModel(SparkSession spark, OpenedRun run, InferenceSettings settings) {
        this.spark = spark;
        this.run = run;
        this.settings = settings;
    }

    /**
     * The model of a run with its latest weights.
     *
     * @param run the run folder: a path of this machine, or an address that Hadoop knows, such as
     *     {@code hdfs://host/runs/mine}
     * @throws InvalidInput if there is no such run, if it has no checkpoint, or if its model was made in Java; or if
     *     executors lack this project, or have another version of it
     */
    public static SparkModel open(SparkSession spark, String run) throws IOException {
        return open(spark, run, CheckpointChoice.LAST);
    }

    /** As {@link #open(SparkSession, String)}, with the weights that are asked for. */
    public static SparkModel open(SparkSession spark, String run, CheckpointChoice weights) throws IOException {
        ExecutorCheck.require(spark);
        RunCopy copy = new RunAddress(run).read(spark.sessionState().newHadoopConf(), weights);
        return new SparkModel(spark, OpenedRun.of(spark, copy), InferenceSettings.usual());
    }

    private SparkModel with(InferenceSettings other) {
        return new SparkModel(spark, run, other);
    }

    /**
     * The same model on another device of each executor.
     *
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
     */
    public SparkModel onDevice(String device) {
        return with(settings.onDevice(device));
    }

    /** The same model, given the class of each row by this column: its name, which may be a number. */
    public SparkModel withLabels(String column) {
        return with(settings.withLabels(column));
    }

    /** The same model, given that all rows are of one class, by name or number. */
    public SparkModel withCondition(String className) {
        return with(settings.withCondition(className));
    }

    /**
     * The same model, with this column of whole numbers from 0 as the index of a row. It is fast where rows that stand
     * next to one another have indices that do so.
     */
    public SparkModel indexedBy(String column) {
        return with(settings.indexedBy(column));
    }

    /** The same model, asked about rows with an index below this one alone; what is said of them stays as it is. */
    public SparkModel upTo(long index) {
        return with(settings.upTo(index));
    }

    /** The same model, with another seed of binarization and samples. */
    public SparkModel withSeed(long seed) {
        return with(settings.withSeed(seed));
    }

    /**
     * How well the model explains each row, as {@code ./vae score} says it: {@code nll}, minus the importance-weighted
     * bound of log p(x) by 100 samples, with {@code standard_error} and {@code effective_sample_size}, and
     * {@code reconstruction_error}; of a plain autoencoder the last one alone.
     *
     * @param column of the examples
     * @throws InvalidInput if there is no such column, or it cannot hold the run's examples
     */
    public Dataset<Row> score(Dataset<Row> rows, String column) {
        return score(rows, column, Scoring.usual());
    }

    /** As {@link #score(Dataset, String)}, by another bound or other samples. */
    public Dataset<Row> score(Dataset<Row> rows, String column, Scoring scoring) {
        return score(rows, Optional.of(column), scoring);
    }

    Dataset<Row> score(Dataset<Row> rows, Optional<String> column, Scoring scoring) {
        return answered(rows, column, new ScoreAnswers(scoring.bound(), scoring.samples(), run.hasDensity()));
    }

    /**
     * The codes of each row, as {@code ./vae encode} gives them: {@code mean} and {@code scale} of q(z|x), or
     * {@code codes}, each as one array, row-major.
     *
     * @param column of the examples
     * @throws InvalidInput as {@link #score(Dataset, String)}
     */
    public Dataset<Row> encode(Dataset<Row> rows, String column) {
        return encode(rows, Optional.of(column));
    }

    Dataset<Row> encode(Dataset<Row> rows, Optional<String> column) {
        return answered(rows, column, CodeColumns.of(spark, source()));
    }

    /**
     * The likelihood of each row, as {@code ./vae evaluate} estimates it: {@code nll}, {@code elbo} and
     * {@code reconstruction}, nats, {@code effective_sample_size} and {@code pareto_k}. {@link LikelihoodSummary} sums
     * them up.
     *
     * @param column of the examples
     * @param samples K of importance sampling, at least 1
     * @throws InvalidInput as {@link #score(Dataset, String)}, or if the model has no density
     */
    public Dataset<Row> evaluate(Dataset<Row> rows, String column, long samples) {
        return evaluate(rows, Optional.of(column), samples);
    }

    Dataset<Row> evaluate(Dataset<Row> rows, Optional<String> column, long samples) {
        run.requireDensity();
        return answered(rows, column, new LikelihoodAnswers(samples));
    }

    /**
     * As {@link #score(Dataset, String)}, of a run that was trained on the columns of a table: rows have columns of the
     * same names, which are standardized as the run's were.
     */
    public Dataset<Row> score(Dataset<Row> rows) {
        return score(rows, Optional.empty(), Scoring.usual());
    }

    /** As {@link #encode(Dataset, String)}, of a run that was trained on the columns of a table. */
    public Dataset<Row> encode(Dataset<Row> rows) {
        return encode(rows, Optional.empty());
    }

    /** As {@link #evaluate(Dataset, String, long)}, of a run that was trained on the columns of a table. */
    public Dataset<Row> evaluate(Dataset<Row> rows, long samples) {
        return evaluate(rows, Optional.empty(), samples);
    }

    private Dataset<Row> answered(Dataset<Row> rows, Optional<String> column, RowAnswers answers) {
        TableColumns columns = new TableColumns(rows.schema());
        ExampleForm form = form(columns, column);
        settings.index().ifPresent(columns::requireIndex);
        List<StructField> more = new ArrayList<>(answers.columns());
        if (settings.index().isEmpty()) {
            more.add(0, DataTypes.createStructField(INDEX, DataTypes.LongType, false));
        }
        StructType schema = columns.with(more);
        PlacedRows placed = PlacedRows.of(rows, settings.index());
        RowTask task = new RowTask(
                source(),
                form,
                answers,
                placed.firsts(),
                placed.total(),
                settings.most(),
                settings.index().isEmpty(),
                settings.condition().stream().toList(),
                settings.seed());
        return placed.rows().mapPartitions(task, Encoders.row(schema));
    }

    private ExampleForm form(TableColumns columns, Optional<String> column) {
        ExampleReader reader = columns.examples(run.summary(), column);
        run.requireStorage(reader);
        Optional<LabelReader> labels = run.labels(columns, settings);
        return new ExampleForm(
                reader, labels.stream().toList(), run.summary().event().getShape());
    }

    private ModelSource source() {
        return run.source(settings.device().toString());
    }
}
