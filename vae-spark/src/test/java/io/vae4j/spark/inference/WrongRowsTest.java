package io.vae4j.spark.inference;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.spark.ClusterFault;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.LocalCluster;
import io.vae4j.spark.inference.SmallRuns.Trained;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that a model cannot be asked about: one line says what, where and the remedy. */
@ExtendWith({LocalCluster.class, SmallRuns.class})
class WrongRowsTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "picture | no such column (column picture); name one of [number, pixels, floats, bytes, png, class]",
                "class   | the column is STRING, and examples are arrays of numbers or bytes of pictures (column class)",
                "number  | the column is INT, and examples are arrays",
            })
    void aColumnThatHoldsNoExamplesIsRefusedAtOnce(String column, String told, ClusterSession session, Trained runs)
            throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));

        assertThatThrownBy(() -> model.score(pictures(session), column))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slice(pixels, 1, 35)  | the array has 35 elements, and an example of the run 36 (column wrong, row 0)",
                "if(number < 25, pixels, null) | there is no example (column wrong, row 25)",
                "transform(pixels, p -> p + 200) | element 0 is 455, and whole numbers stand for levels",
                "transform(floats, f -> float('nan')) | element 0 is NaN",
                "transform(floats, f -> f * 2) | only levels from 0 to 1 can become bits",
                "substring(png, 1, 50) | cannot be decoded",
            })
    void aRowThatHoldsNoExampleIsNamed(String wrong, String told, ClusterSession session, Trained runs)
            throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));
        Dataset<Row> rows = pictures(session).withColumn("wrong", expr(wrong));

        assertThatThrownBy(() -> ClusterFault.told(model.score(rows, "wrong")::collectAsList))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(told)
                .hasMessageContaining("column wrong");
    }

    @Test
    void aClassThatTheModelDoesNotKnowIsNamed(ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("cvae"));
        Dataset<Row> rows = pictures(session).withColumn("class", expr("if(number = 21, 'seven', class)"));

        assertThatThrownBy(() -> model.score(rows, "bytes")).hasMessageContaining("no column of classes is named");
        assertThatThrownBy(() -> ClusterFault.told(model.withLabels("class").score(rows, "bytes")::collectAsList))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("it knows no class seven (column class, row 21)");
    }

    @Test
    void rowsThatHaveNoPlaceOrNoIndexAreRefused(ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));
        Dataset<Row> images = pictures(session);
        Dataset<Row> numbered = images.withColumn("nothing", expr("if(number = 3, null, number)"));

        Dataset<Row> fromMemory = session.spark().createDataFrame(images.collectAsList(), images.schema());

        assertThatThrownBy(() -> model.score(fromMemory, "bytes"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("they come straight from no Parquet files");
        assertThatThrownBy(() -> model.indexedBy("class").score(images, "bytes"))
                .hasMessageContaining("the column is STRING, and an index is a whole number (column class)");
        assertThatThrownBy(() -> model.indexedBy("nothing").score(numbered, "bytes"))
                .hasMessageContaining("1 rows have no index (column nothing)");
    }

    @Test
    void answersDoNotReplaceColumns(ClusterSession session, Trained runs) throws Exception {
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));

        assertThatThrownBy(() -> model.score(pictures(session).withColumnRenamed("class", "NLL"), "bytes"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a column of this name already, and the answers have one (column nll)");
    }

    @Test
    void aRunThatThereIsNotIsNamed(ClusterSession session) {
        for (String address : List.of("no-such-run", "file:///no/such/run")) {
            assertThatThrownBy(() -> SparkModel.open(session.spark(), address))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining(address);
        }
    }

    private Dataset<Row> pictures(ClusterSession session) {
        Path folder = home.resolve("pictures");
        return folder.toFile().exists()
                ? session.spark().read().parquet(folder.toString())
                : Pictures.in(folder, session.spark(), 30, 1);
    }
}
