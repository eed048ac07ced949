package io.vae4j.spark;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;

/** What goes wrong on a cluster, in a line: Spark's exceptions hold pages of its own traces. */
public final class ClusterFault {

    private ClusterFault() {}

    /**
     * Works on a cluster.
     *
     * @throws InvalidInput if a task found that the input is wrong, or executors lack this project
     * @throws IOException for all else that goes wrong
     */
    public static <T> T told(Callable<T> work) throws IOException {
        try {
            return work.call();
        } catch (InvalidInput e) {
            throw e;
        } catch (Exception e) {
            throw ofTask(e)
                    .or(() -> ofClassPath(e))
                    .or(() -> ofAnalysis(e))
                    .orElseThrow(() -> new IOException("Spark fails: " + reason(e), e));
        }
    }

    /** What a task refused. */
    private static Optional<InvalidInput> ofTask(Throwable fault) {
        return causes(fault)
                .filter(InvalidInput.class::isInstance)
                .map(InvalidInput.class::cast)
                .findFirst();
    }

    /** A task of a class that an executor lacks cannot even say so: what came in its place is no function. */
    private static Optional<InvalidInput> ofClassPath(Throwable fault) {
        return causes(fault)
                .filter(cause -> cause instanceof ClassNotFoundException
                        || cause instanceof NoClassDefFoundError
                        || String.valueOf(cause.getMessage()).contains("SerializedLambda"))
                .findFirst()
                .map(cause -> new InvalidInput(
                        "executors lack vae4j or a library of it",
                        "spark.jars",
                        "start by ./vae, or hand its jars over: spark-submit --jars, or ShippedLibraries.addTo"));
    }

    private static Optional<InvalidInput> ofAnalysis(Throwable fault) {
        return fault instanceof AnalysisException
                ? Optional.of(new InvalidInput(reason(fault), "table", "see docs/spark.md for what is read"))
                : Optional.empty();
    }

    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    /** The first line of the deepest cause: those above repeat it with traces. */
    private static String reason(Throwable fault) {
        Throwable deepest = causes(fault).reduce((above, below) -> below).orElse(fault);
        String first = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
        return deepest instanceof Exception known
                ? Reason.of(known).lines().findFirst().orElse(first)
                : first;
    }
}
