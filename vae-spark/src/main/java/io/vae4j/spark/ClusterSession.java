package io.vae4j.spark;

import io.vae4j.experiments.plugin.Plugins;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A session of Spark whose executors have this project's libraries, and those of the plugins that are loaded. It is
 * what commands with {@code --master} work in; a job of one's own opens its session as ever.
 *
 * <p>Settings of Spark are system properties, as in {@code VAE_JAVA_OPTS=-Dspark.executor.memory=4g}. Without any, an
 * executor has the cores of one task, {@code spark.task.cpus}, which is one.
 */
public final class ClusterSession implements AutoCloseable {

    /** What {@code ./vae} sets for its own process, and executors have from it. */
    private static final Map<String, String> VARIABLES = Map.of(
            "OMP_NUM_THREADS", "1",
            "PYTORCH_TENSOREXPR", "0",
            "CUDA_DEVICE_ORDER", "PCI_BUS_ID",
            "MALLOC_TRIM_THRESHOLD_", "2000000000",
            "MALLOC_MMAP_THRESHOLD_", "33554432");

    private final SparkSession spark;

    private ClusterSession(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Connects to a cluster.
     *
     * @throws io.vae4j.experiments.InvalidInput if Spark knows no such master
     * @throws IOException if the master does not answer
     */
    public static ClusterSession open(MasterAddress master, String name) throws IOException {
        master.requireReachable();
        logQuietly();
        SparkSession.Builder builder =
                SparkSession.builder().master(master.url()).appName(name);
        // an executor serves one task at a time: more cores than that task's would wait
        defaults(builder, "spark.executor.cores", System.getProperty("spark.task.cpus", "1"));
        defaults(builder, "spark.ui.showConsoleProgress", System.getProperty("vae4j.terminal", "false"));
        VARIABLES.forEach((variable, value) -> defaults(builder, "spark.executorEnv." + variable, value));
        if (!master.isThisProcess()) {
            ShippedLibraries.ofThisProcess().addTo(builder, Plugins.jars());
        }
        return new ClusterSession(builder.getOrCreate());
    }

    /** The user's own setting wins. */
    private static void defaults(SparkSession.Builder builder, String key, String value) {
        if (System.getProperty(key) == null) {
            builder.config(key, value);
        }
    }

    /** Before Spark first logs: its own settings would write pages. */
    private static void logQuietly() {
        if (System.getProperty("log4j2.configurationFile") == null) {
            System.setProperty("log4j2.configurationFile", "classpath:io/vae4j/spark/log4j2.properties");
        }
    }

    /** Spark's own session; it belongs to this object. */
    public SparkSession spark() {
        return spark;
    }

    @Override
    public void close() {
        spark.stop();
    }
}
