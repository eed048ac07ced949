package io.vae4j.experiments.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vae4j.experiments.plugin.Plugins;
import io.vae4j.experiments.recipe.RecipeParts;
import io.vae4j.experiments.recipe.StandardParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Readers of plugins: of the jar, and of what a jar says of itself. Code in it is trusted, for the user names it. */
final class PluginReaders {

    private static final String SERVICE = "META-INF/services/" + RecipeParts.class.getName();
    /** Between the parts of an input, each of which becomes a file of the jar. */
    private static final String END = "\u0001";

    private static final List<String> FILES =
            List.of(SERVICE, "META-INF/maven/g/a/pom.properties", "META-INF/MANIFEST.MF");
    private static final String DESCRIPTIONS = StandardParts.class.getName() + "\n" + END
            + "groupId=g\nartifactId=a\nversion=1.0\n" + END
            + "Manifest-Version: 1.0\nImplementation-Title: t\nImplementation-Version: 2\n";
    private static final List<String> WORDS = List.of(
            END,
            "# ",
            "\n",
            "\\u0041",
            "\\u",
            "artifactId=",
            "version=",
            "Manifest-Version: 1.0\n",
            "Name: x\n",
            "Class-Path: ../x.jar http://localhost/ file:/x\n",
            "Multi-Release: true\n",
            "Launcher-Agent-Class: x\n",
            "java.lang.String",
            StandardParts.class.getName(),
            "PK\u0003\u0004",
            "PK\u0001\u0002",
            "PK\u0005\u0006",
            "META-INF/MANIFEST.MF",
            SERVICE,
            "\u00FF\u00FF\u00FF\u00FF",
            "Sealed: true\n",
            " ",
            "\u0000");

    private PluginReaders() {}

    static List<FuzzedReader> all() throws IOException {
        byte[] descriptions = FuzzedReader.utf8(DESCRIPTIONS);
        return List.of(
                new FuzzedReader("plugin.jar", List.of(jar(descriptions)), WORDS, PluginReaders::plugin),
                new FuzzedReader(
                        "plugin-descriptions",
                        List.of(descriptions),
                        WORDS,
                        (file, folder) -> plugin(jar(file), folder)));
    }

    private static void plugin(byte[] file, Path folder) throws IOException {
        Path jar = Files.write(folder.resolve("made.jar"), file);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            Plugins.load(List.of(jar));
        } finally {
            if (thread.getContextClassLoader() instanceof URLClassLoader loader && loader != before) {
                loader.close();
            }
            thread.setContextClassLoader(before);
        }
    }

    private static byte[] jar(byte[] file) throws IOException {
        String[] parts = new String(file, ISO_8859_1).split(END, FILES.size());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < parts.length; i++) {
                zip.putNextEntry(new ZipEntry(FILES.get(i)));
                zip.write(parts[i].getBytes(ISO_8859_1));
            }
        }
        return bytes.toByteArray();
    }
}
