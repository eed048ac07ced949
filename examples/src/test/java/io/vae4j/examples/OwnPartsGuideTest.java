package io.vae4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.cli.VaeCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/your-own-parts.md is a plugin: it compiles, and the command line finds what it brings. */
class OwnPartsGuideTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("public (?:final class|record) (\\w+)");
    private static final Map<String, String> SERVICES = Map.of(
            "io.vae4j.experiments.recipe.RecipeParts", "MyParts",
            "io.vae4j.experiments.run.MetricProvider", "MyMetrics");

    @TempDir
    private Path home;

    @Test
    void theGuidesPluginTrains() throws IOException {
        String jar = plugin().toString();
        String run = home.resolve("run").toString();

        assertThat(vae("--plugin", jar, "recipes", "--keys")).contains("kind: sparse, such as");
        vae(
                "train",
                "vae",
                "--plugin=" + jar,
                "--set=model.prior={kind: sparse}",
                "--set=data.values=dynamic-binarization",
                "--data=" + Path.of("..", "vae-experiments", "src", "test", "resources", "npz", "bytes.npz"),
                "--epochs=1",
                "--device=cpu",
                "--out=" + run);

        assertThat(Path.of(run, "metrics.jsonl")).content().contains("\"below_20\":");
        assertThat(Path.of(run, "manifest.json")).content().contains("\"name\" : \"my-parts\"");
        assertThat(Path.of(run, "recipe.yaml")).content().contains("kind: sparse\n    components: 1");
    }

    /** What it says on standard output; plugins stay with the thread's class loader, which is put back. */
    private static String vae(String... arguments) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        PrintStream terminal = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(VaeCommand.run(arguments)).isZero();
        } finally {
            System.setOut(terminal);
            Thread.currentThread().setContextClassLoader(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private Path plugin() throws IOException {
        Path classes = Files.createDirectory(home.resolve("classes"));
        compile(classes);
        Path jar = home.resolve("my-parts.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                write(out, String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
            for (Map.Entry<String, String> service : SERVICES.entrySet()) {
                byte[] provider = service.getValue().getBytes(StandardCharsets.UTF_8);
                write(out, "META-INF/services/" + service.getKey(), provider);
            }
        }
        return jar;
    }

    private static void write(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static void compile(Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(Arrays.asList(
                "-proc:none", "-Xlint:all,-path", "-Werror", "-d", classes.toString(), "-cp", classPath()));
        for (String guide : List.of("write-your-own-model.md", "your-own-parts.md")) {
            String text = Files.readString(Path.of("..", "docs", guide));
            for (MatchResult block : BLOCK.matcher(text).results().toList()) {
                String name = NAME.matcher(block.group(1))
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1);
                Path file = classes.resolve(name + ".java");
                arguments.add(Files.writeString(file, block.group(1)).toString());
            }
        }
        OutputStream complaints = new ByteArrayOutputStream();
        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, complaints, arguments.toArray(String[]::new));
        assertThat(errors).as(complaints.toString()).isZero();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
