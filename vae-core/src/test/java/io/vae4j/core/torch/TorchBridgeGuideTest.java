package io.vae4j.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.EngineTest;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchBridgeGuideTest extends EngineTest {

    private static final Path GUIDE = Path.of("..", "docs", "torch-bridge.md");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theGuidesExampleCompilesAndComputes(@TempDir Path folder) throws IOException, ReflectiveOperationException {
        Matcher example = EXAMPLE.matcher(Files.readString(GUIDE));
        assertThat(example.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Special.java"), example.group(1));
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(errors).isZero();

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Method digamma = loader.loadClass("Special").getMethod("digamma", NDArray.class);
            assertThat(call(digamma, array(0.5, 1)).toDoubleArray())
                    .containsExactly(new double[] {-Gamma.GAMMA - 2 * Math.log(2), -Gamma.GAMMA}, within(1e-12));
            assertThat(gradient(x -> call(digamma, x).sum(), array(0.5, 1)).toDoubleArray())
                    .containsExactly(new double[] {Math.PI * Math.PI / 2, Math.PI * Math.PI / 6}, within(1e-12));
        }
    }

    private static NDArray call(Method function, NDArray x) {
        try {
            return (NDArray) function.invoke(null, x);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("the guide's example cannot be called", e);
        }
    }
}
