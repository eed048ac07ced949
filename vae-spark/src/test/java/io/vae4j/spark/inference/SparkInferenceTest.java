package io.vae4j.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.LocalCluster;
import io.vae4j.spark.inference.SmallRuns.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./vae COMMAND --master}, in processes of their own. */
@ExtendWith({LocalCluster.class, SmallRuns.class})
class SparkInferenceTest {

    private static final String OPTIONS = "src/main/launcher/spark.options";

    @TempDir
    private Path home;

    private record Outcome(int exitCode, String out, String err) {}

    @Test
    void theCommandWritesAllColumnsWithTheirAnswers(ClusterSession session, Trained runs) throws Exception {
        Path images = home.resolve("images.parquet");
        Pictures.in(images, session.spark(), SmallRuns.COUNT, 2);
        Path scored = home.resolve("scored.parquet");
        Files.createDirectories(scored.resolve("_temporary/0")); // as an interrupted command leaves it

        Outcome outcome = vae("score " + runs.run("vae") + " --master local[2] --column bytes --data " + images
                + " --out " + scored + " --examples 40 --device cpu");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<String> lines = outcome.out().lines().toList();
        List<Map<String, Double>> local = runs.scores("vae").subList(0, 40);
        double mean = local.stream()
                .mapToDouble(row -> Objects.requireNonNull(row.get("nll")))
                .average()
                .orElseThrow();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith(String.format("mean nll of 40 examples: %.2f nats, standard error", mean));
        assertThat(lines.get(1)).isEqualTo(scored.toString());
        assertThat(outcome.err().lines()).hasSize(1).allMatch(line -> line.startsWith("putting the rows of "));
        List<Row> rows = session.spark().read().parquet(scored.toString()).collectAsList();
        assertThat(rows).hasSize(40);
        rows.forEach(row -> assertThat((double) row.getAs("nll"))
                .isCloseTo(Objects.requireNonNull(local.get(row.getInt(0)).get("nll")), within(1e-5)));
    }

    @Test
    void wrongRowsAreOneLineAndExitCodeTwo(ClusterSession session, Trained runs) throws Exception {
        Path images = home.resolve("images.parquet");
        Pictures.in(images, session.spark(), 30, 1)
                .selectExpr("if(number = 22, slice(pixels, 2, 7), pixels) as pixels")
                .write()
                .parquet(home.resolve("wrong.parquet").toString());

        Outcome outcome = vae("encode " + runs.run("vae") + " --master local --data " + home.resolve("wrong.parquet")
                + " --out " + home.resolve("z.parquet") + " --device cpu --quiet");

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .hasSize(1)
                .allMatch(
                        line -> line.contains("the array has 7 elements") && line.contains("(column pixels, row 22)"));
    }

    @Test
    void aMasterThatDoesNotAnswerIsOneLineAndExitCodeOne() throws Exception {
        Outcome outcome = vae("score run --master spark://localhost:9 --data in.parquet --out out.parquet");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .hasSize(1)
                .allMatch(line -> line.contains("no Spark master answers (--master spark://localhost:9)"));
    }

    /**
     * But for an incubating module, of which Java would warn and which a driver has no use for, and for a package that
     * newer Javas do not have: the launcher looks which one there is.
     */
    @Test
    void theLauncherOpensToSparkWhatSparkAsksFor() throws IOException {
        assertThat(Files.readAllLines(Path.of(OPTIONS)))
                .isEqualTo(Stream.of(JavaModuleOptions.defaultModuleOptionArray())
                        .filter(option ->
                                !option.contains("jdk.incubator.vector") && !option.contains("sun.security.action"))
                        .toList());
    }

    private Outcome vae(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "@" + Path.of(OPTIONS).toAbsolutePath(),
                "-Dai.djl.pytorch.num_threads=1",
                "-Dspark.ui.enabled=false",
                "-Dspark.sql.shuffle.partitions=2",
                "-Dspark.sql.codegen.wholeStage=false",
                "-cp",
                System.getProperty("java.class.path"),
                "io.vae4j.experiments.Main"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
        return new Outcome(
                process.exitValue(), Files.readString(home.resolve("out")), Files.readString(home.resolve("err")));
    }
}
