package io.vae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.run.BuildInfo;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Executors that have nothing but Spark, and what the session brings them. */
@ExtendWith(LocalCluster.class)
class ClusterSessionTest {

    @Test
    void executorsComputeWithTheLibrariesOfTheDriver(ClusterSession session) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(session.spark().sparkContext());

        List<String> answers = context.parallelize(IntStream.range(0, 8).boxed().toList(), 8)
                .map(ClusterSessionTest::squared)
                .collect();

        assertThat(answers).hasSize(8).allMatch(answer -> answer.startsWith("4.0 " + BuildInfo.version()));
        assertThat(answers)
                .noneMatch(
                        answer -> answer.endsWith(" " + ProcessHandle.current().pid()));
    }

    @Test
    void anExecutorRefusesADriverOfAnotherVersion(ClusterSession session) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(session.spark().sparkContext());

        assertThatThrownBy(() -> ClusterFault.told(() -> context.parallelize(List.of("0.0.9"), 1)
                        .map(ClusterSessionTest::checked)
                        .collect()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("an executor has vae4j " + BuildInfo.version() + " and the driver 0.0.9")
                .hasMessageContaining("spark.executor.extraClassPath");
    }

    private static String checked(String driver) {
        ExecutorEngine.requireVersion(driver);
        return driver;
    }

    private static String squared(int task) {
        ExecutorEngine.requireVersion(BuildInfo.version());
        return ExecutorEngine.alone(() -> {
            var device = ExecutorEngine.start(DeviceRequest.parse("cpu")).device();
            try (NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
                float four = manager.create(2f).square().getFloat();
                return four + " " + BuildInfo.version() + " " + SparkEnv.get().executorId() + " "
                        + ProcessHandle.current().pid();
            }
        });
    }
}
