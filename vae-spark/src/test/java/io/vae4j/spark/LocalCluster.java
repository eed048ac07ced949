package io.vae4j.spark;

import io.vae4j.experiments.AtomicFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a cluster on this machine, whose executors are processes of their own with Spark's jars alone: what they
 * have of ours came from the driver. It is one for all tests, since its start takes seconds, and ends with them.
 */
public final class LocalCluster implements ParameterResolver {

    private static final String MASTER = "local-cluster[2,1,1024]";

    /** Executors live for seconds, as the tests do: what compiles and collects well pays nothing back. */
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.ui.enabled", "false",
            "spark.executor.memory", "1g",
            "spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "spark.sql.shuffle.partitions", "2",
            "spark.sql.codegen.wholeStage", "false");

    /** What a cluster does not have. */
    private static final List<String> NOT_SPARKS =
            List.of("/ai/djl/", "/net/java/dev/jna/", "/org/junit/", "/org/assertj/", "/net/bytebuddy/");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == ClusterSession.class;
    }

    @Override
    public ClusterSession resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.create(LocalCluster.class))
                .computeIfAbsent(MASTER, LocalCluster::opened, ClusterSession.class);
    }

    private static ClusterSession opened(String master) {
        try {
            makeHome(Path.of(System.getenv("SPARK_HOME")));
            SETTINGS.forEach(System::setProperty);
            return ClusterSession.open(new MasterAddress(master), "tests");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Spark home of links, in place of a distribution. */
    private static void makeHome(Path home) throws IOException {
        AtomicFiles.delete(home);
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (isSparks(entry)) {
                Files.createSymbolicLink(
                        jars.resolve(Path.of(entry).getFileName()),
                        Path.of(entry).toAbsolutePath());
            }
        }
    }

    private static boolean isSparks(String entry) {
        boolean ours = String.valueOf(Path.of(entry).getFileName()).startsWith("vae-");
        return entry.endsWith(".jar") && !ours && NOT_SPARKS.stream().noneMatch(entry::contains);
    }
}
