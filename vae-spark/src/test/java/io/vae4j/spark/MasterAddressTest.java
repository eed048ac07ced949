package io.vae4j.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a cluster is named, and whether anybody is there. */
class MasterAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local",
                "local[2]",
                "local[*]",
                "local[2,3]",
                "local-cluster[2,1,1024]",
                "yarn",
                "spark://host:7077",
                "spark://one:7077,two:7077",
                "k8s://https://host:6443"
            })
    void allMastersOfSparkAreTaken(String url) {
        assertThatCode(() -> new MasterAddress(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host:7077", "spark://host", "local[two]", "mesos://host:5050", "spark://host:7077/x"})
    void otherNamesAreRefusedWithTheForms(String url) {
        assertThatThrownBy(() -> new MasterAddress(url))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("--master " + url)
                .hasMessageContaining("spark://HOST:PORT");
    }

    @Test
    void oneOfSeveralMastersIsEnough() throws Exception {
        try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = "localhost:" + there.getLocalPort();

            assertThatCode(() -> new MasterAddress("spark://localhost:9," + port).requireReachable())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> new MasterAddress("spark://localhost:9").requireReachable())
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("no Spark master answers (--master spark://localhost:9)");
        }
    }
}
