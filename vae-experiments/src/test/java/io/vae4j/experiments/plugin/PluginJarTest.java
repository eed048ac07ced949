package io.vae4j.experiments.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.RecipeParts;
import io.vae4j.experiments.run.Manifest.PluginRecord;
import java.io.IOException;
import java.net.URL;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars as they come, and classes that come from none. */
class PluginJarTest {

    private static final String PROPERTIES = "META-INF/maven/org.example/%s/pom.properties";

    @TempDir
    private Path folder;

    @Test
    void whatMavenWroteMayBeGarbled() throws IOException {
        Path escape = jar("escape.jar", Map.of(String.format(PROPERTIES, "a"), "version=\\u00zz\n"));
        Path corrupt = jar("corrupt.jar", Map.of(String.format(PROPERTIES, "a"), "version=1\n".repeat(50)));
        byte[] bytes = Files.readAllBytes(corrupt);
        int data = 30 + String.format(PROPERTIES, "a").getBytes(StandardCharsets.UTF_8).length;
        Arrays.fill(bytes, data, data + 4, (byte) 0xFF); // no such type of block
        Files.write(corrupt, bytes);

        for (Path jar : List.of(escape, corrupt)) {
            assertThatThrownBy(() -> PluginJar.open(jar))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("the plugin cannot be read")
                    .hasMessageContaining(jar.toString());
        }
    }

    /** Java's own loader fails in passing by it, while it looks for services. */
    @ParameterizedTest
    @ValueSource(strings = {"h%zz/", "../x%i#"})
    void aClassPathInTheManifestMayBeNone(String path) throws IOException {
        Path jar = jar(
                "path.jar",
                Map.of(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nClass-Path: " + path + "\n\n",
                        "META-INF/services/" + RecipeParts.class.getName(),
                        "# none\n"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            assertThatThrownBy(() -> Plugins.load(List.of(jar)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("a Class-Path that is none");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void aJarWithoutServicesIsNoPlugin() throws IOException {
        PluginJar jar = PluginJar.open(jar("library.jar", Map.of("readme.txt", "not a plugin")));

        assertThatThrownBy(() -> jar.requireService(List.of(RecipeParts.class)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll("is no plugin", "RecipeParts", "library.jar", "META-INF/services/");
    }

    @Test
    void aShadedJarIsNotNamedAfterADependency() throws IOException {
        Map<String, String> both = new TreeMap<>(Map.of(
                String.format(PROPERTIES, "a-dependency"), "artifactId=a-dependency\nversion=9\n",
                String.format(PROPERTIES, "parts"), "artifactId=parts\nversion=1.2\n"));

        assertThat(identity(jar("renamed.jar", both))).isEqualTo("renamed unversioned");
        assertThat(identity(jar("parts-1.2.jar", both))).isEqualTo("parts 1.2");
        both.put("META-INF/MANIFEST.MF", "Implementation-Title: titled\nImplementation-Version: 3\n");
        assertThat(identity(jar("titled-3.jar", both))).isEqualTo("titled 3");
        both.remove(String.format(PROPERTIES, "a-dependency"));
        assertThat(identity(jar("only.jar", both))).isEqualTo("parts 1.2");
    }

    private static String identity(Path jar) {
        PluginRecord plugin = PluginJar.open(jar).record();
        return plugin.name() + " " + plugin.version();
    }

    @Test
    void aClassNeedsNoPlace() throws Exception {
        assertThat(PluginJar.location(PluginJar.class)).isPresent();
        assertThat(PluginJar.location(String.class)).isEmpty();
        assertThat(PluginJar.location(from(new URL(null, "jar:file:/app.jar!/lib/own.jar", new NoHandler()))))
                .isEmpty();
        assertThat(PluginJar.location(from(new URL("http://example.org/own.jar"))))
                .isEmpty();
    }

    private Path jar(String name, Map<String, String> files) throws IOException {
        return BuiltPlugin.of(folder.resolve(name), files);
    }

    /** A class of which its loader says that it came from there. */
    private static Class<?> from(URL place) throws IOException {
        byte[] bytes = PluginJarTest.class
                .getResourceAsStream("/io/vae4j/experiments/plugin/PluginJarTest$Moved.class")
                .readAllBytes();
        return new ClassLoader() {
            Class<?> defined() {
                ProtectionDomain domain = new ProtectionDomain(new CodeSource(place, (Certificate[]) null), null);
                return defineClass(null, bytes, 0, bytes.length, domain);
            }
        }.defined();
    }

    static final class Moved {}

    private static final class NoHandler extends URLStreamHandler {

        @Override
        protected java.net.URLConnection openConnection(URL url) throws IOException {
            throw new IOException("there is no such handler");
        }
    }
}
