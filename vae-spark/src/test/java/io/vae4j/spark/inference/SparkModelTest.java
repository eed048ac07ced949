package io.vae4j.spark.inference;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.LocalCluster;
import io.vae4j.spark.inference.SmallRuns.Trained;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What executors say of rows, against what the command line says of the same examples. */
@ExtendWith({LocalCluster.class, SmallRuns.class})
class SparkModelTest {

    private static final List<String> SCORES =
            List.of("index", "nll", "standard_error", "effective_sample_size", "reconstruction_error");

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theScoresAreThoseOfTheCommandLine(int partitions, ClusterSession session, Trained runs) throws Exception {
        SparkSession spark = session.spark();
        spark.conf().set("spark.sql.files.minPartitionNum", partitions);
        Dataset<Row> images = pictures(spark, partitions);

        SparkModel model = SparkModel.open(spark, runs.run("vae"));
        Dataset<Row> scored = model.score(images, "pixels");

        assertThat(scored.javaRDD().getNumPartitions()).isEqualTo(partitions);
        assertAlike(scored, runs.scores("vae"), SCORES);
    }

    /** The run is read by its address on a file system of Hadoop. */
    @Test
    void theCodesAreThoseOfTheCommandLine(ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(
                session.spark(), Path.of(runs.run("vae")).toUri().toString());

        List<Row> rows = model.encode(pictures(session.spark(), 2), "pixels").collectAsList();
        List<Map<String, Double>> local = runs.locally("encode", runs.run("vae"));

        assertThat(rows).hasSize(SmallRuns.COUNT);
        for (Row row : rows) {
            List<Float> mean = row.getList(row.fieldIndex("mean"));
            List<Float> scale = row.getList(row.fieldIndex("scale"));
            Map<String, Double> expected = local.get(row.getInt(0));
            for (int z = 0; z < 2; z++) {
                assertThat((double) mean.get(z)).isCloseTo(expected.get("mean_" + z), within(1e-5));
                assertThat((double) scale.get(z)).isCloseTo(expected.get("scale_" + z), within(1e-5));
            }
        }
    }

    @Test
    void theLikelihoodIsThatOfTheCommandLine(ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));

        LikelihoodSummary summary = LikelihoodSummary.of(model.evaluate(pictures(session.spark(), 3), "pixels", 30));
        Path local = home.resolve("local");
        Trained.vae(
                "evaluate",
                runs.run("vae"),
                "--data",
                runs.data().toString(),
                "--out",
                local.toString(),
                "--samples",
                "30",
                "--device",
                "cpu");
        JsonNode expected =
                new ObjectMapper().readTree(local.resolve("evaluation.json").toFile());

        assertThat(summary.examples()).isEqualTo(SmallRuns.COUNT);
        Map.of(
                        "nll", summary.nll().value(),
                        "nll_se", summary.nll().standardError(),
                        "ess", summary.effectiveSampleSize(),
                        "elbo", summary.elbo(),
                        "reconstruction", summary.reconstruction())
                .forEach((name, figure) ->
                        assertThat(figure).as(name).isCloseTo(expected.get(name).asDouble(), within(1e-5)));
    }

    @Test
    void everyColumnStaysAndTheAnswersComeBehindThem(ClusterSession session, Trained runs) throws Exception {
        Dataset<Row> images = pictures(session.spark(), 1);
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));

        assertThat(model.score(images, "pixels").schema().toDDL())
                .isEqualTo(images.schema().toDDL()
                        + ",index BIGINT NOT NULL,nll DOUBLE NOT NULL,standard_error DOUBLE NOT NULL,"
                        + "effective_sample_size DOUBLE NOT NULL,reconstruction_error DOUBLE NOT NULL");
        assertThat(model.indexedBy("number").encode(images, "png").schema().toDDL())
                .isEqualTo(images.schema().toDDL() + ",mean ARRAY<FLOAT> NOT NULL,scale ARRAY<FLOAT> NOT NULL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"floats", "bytes", "png"})
    void examplesMayBeNumbersBytesOrPictures(String column, ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));

        assertAlike(model.score(pictures(session.spark(), 1), column), runs.scores("vae"), SCORES);
    }

    @Test
    void rowsInAnyOrderKeepWhatIsSaidOfThem(ClusterSession session, Trained runs) throws Exception {
        Dataset<Row> shuffled = pictures(session.spark(), 2).orderBy(hash(col("png")));
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));

        assertAlike(model.score(shuffled, "bytes"), runs.scores("vae"), SCORES);
        assertAlike(model.indexedBy("number").score(shuffled, "bytes"), runs.scores("vae"), SCORES.subList(1, 5));
    }

    @Test
    void theFirstRowsAreToldWhatTheyAreToldAmongAll(ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae")).upTo(63);

        List<Row> rows = model.score(pictures(session.spark(), 2), "bytes").collectAsList();

        assertThat(rows).hasSize(63);
        rows.forEach(row -> assertAlike(row, runs.scores("vae").get(row.getInt(0)), SCORES));
    }

    @Test
    void aConditionalModelIsGivenTheClassOfARow(ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("cvae")).withLabels("class");

        assertAlike(model.score(pictures(session.spark(), 2), "bytes"), runs.scores("cvae"), SCORES);
    }

    @Test
    void columnsOfNumbersAreStandardizedAsTheRunsTableWas(ClusterSession session, Trained runs) throws Exception {
        StructType schema = new StructType()
                .add("number", DataTypes.IntegerType)
                .add("height", DataTypes.DoubleType)
                .add("weight", DataTypes.FloatType);
        List<Row> people = IntStream.range(0, SmallRuns.COUNT)
                .mapToObj(i -> RowFactory.create(i, SmallRuns.height(i), (float) SmallRuns.weight(i)))
                .toList();
        Dataset<Row> rows = session.spark().createDataFrame(people, schema).repartition(3);

        SparkModel model = SparkModel.open(session.spark(), runs.table()).indexedBy("number");

        assertAlike(model.score(rows), runs.scoresOfTable(), SCORES.subList(1, 5));
    }

    @Test
    void aProcessLoadsAModelOnceAndHoldsNoOther(ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));
        model.score(pictures(session.spark(), 5), "bytes").count();
        Map<Long, LoadedModel.Count> before = models(session);
        Dataset<Row> images =
                session.spark().read().parquet(home.resolve("pictures").toString());

        model.score(images, "bytes").count();
        model.encode(images, "png").count();

        Map<Long, LoadedModel.Count> after = models(session);
        assertThat(after).hasSizeBetween(1, 2);
        after.forEach((process, count) -> {
            assertThat(count.held()).isLessThanOrEqualTo(1);
            assertThat(count.loads() - before.getOrDefault(process, count).loads())
                    .isLessThanOrEqualTo(1);
        });
    }

    /** By the process, of every executor that takes a task. */
    private static Map<Long, LoadedModel.Count> models(ClusterSession session) {
        Map<Long, LoadedModel.Count> models = new TreeMap<>();
        JavaSparkContext.fromSparkContext(session.spark().sparkContext())
                .parallelize(IntStream.range(0, 16).boxed().toList(), 16)
                .map(task -> {
                    Thread.sleep(20); // long enough for the other executor to take some
                    LoadedModel.Count count = LoadedModel.count();
                    return new long[] {ProcessHandle.current().pid(), count.loads(), count.held()};
                })
                .collect()
                .forEach(told -> models.put(told[0], new LoadedModel.Count((int) told[1], (int) told[2])));
        return models;
    }

    private Dataset<Row> pictures(SparkSession spark, int files) {
        return Pictures.in(home.resolve("pictures"), spark, SmallRuns.COUNT, files);
    }

    private static void assertAlike(Dataset<Row> scored, List<Map<String, Double>> local, List<String> names) {
        List<Row> rows = scored.collectAsList();
        assertThat(rows).hasSize(SmallRuns.COUNT);
        rows.forEach(row -> assertAlike(row, local.get(row.getInt(0)), names));
    }

    private static void assertAlike(Row row, Map<String, Double> expected, List<String> names) {
        for (String name : names) {
            double figure = ((Number) row.getAs(name)).doubleValue();
            double known = Objects.requireNonNull(expected.get(name));
            assertThat(figure)
                    .as(name + " of " + row.getInt(0))
                    .isCloseTo(known, within(1e-5 * Math.max(1, Math.abs(known))));
        }
    }
}
