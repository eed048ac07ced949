package io.vae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** What is left of Spark's exceptions. */
class ClusterFaultTest {

    @Test
    void whatATaskRefusedIsToldAsItIs() {
        InvalidInput refused = new InvalidInput("the array is short", "column x, row 3", "mend it");

        assertThatThrownBy(() -> ClusterFault.told(() -> {
                    throw new SparkException("Job aborted\nby pages of traces", refused);
                }))
                .isSameAs(refused);
    }

    @Test
    void executorsThatLackOurClassesAreSaidToDoSo() {
        Throwable garbled = new ClassCastException("cannot assign instance of java.lang.invoke.SerializedLambda to f");
        Throwable missing = new ClassNotFoundException("io.vae4j.spark.inference.RowTask");

        for (Throwable cause : new Throwable[] {garbled, missing}) {
            assertThatThrownBy(() -> ClusterFault.told(() -> {
                        throw new SparkException("Job aborted", cause);
                    }))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith("executors lack vae4j or a library of it (spark.jars); start by ./vae");
        }
    }

    @Test
    void allElseIsALineOfTheDeepestCause() {
        assertThatThrownBy(() -> ClusterFault.told(() -> {
                    throw new SparkException("Job aborted\npages", new IOException("No space left\nmore pages"));
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("Spark fails: No space left more pages");
    }

    @Test
    void whatGoesWellIsHandedOn() throws IOException {
        assertThat(ClusterFault.told(() -> 3)).isEqualTo(3);
    }
}
