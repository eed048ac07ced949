package io.vae4j.spark;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.BuildInfo;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A look at what executors have, before work for them: Spark would tell of a missing class in pages. */
public final class ExecutorCheck {

    private ExecutorCheck() {}

    /**
     * Asks an executor.
     *
     * @throws InvalidInput if it lacks this project, or has another version of it
     */
    public static void require(SparkSession spark) throws IOException {
        ClusterFault.told(() -> JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(BuildInfo.version()), 1)
                .map(ExecutorCheck::checked)
                .first());
    }

    private static String checked(String version) {
        ExecutorEngine.requireVersion(version);
        return version;
    }
}
