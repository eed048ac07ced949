package io.vae4j.experiments.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Compiles sources and packs them into a jar, as a user's build would. */
public final class BuiltPlugin {

    private BuiltPlugin() {}

    /** The example project of this repository. */
    public static Path ownParts(Path folder) throws IOException {
        Path project = Path.of("..").toAbsolutePath().normalize().resolve("examples/own-parts/src/main");
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(project.resolve("java"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
        Path classes = compiled(folder.resolve("classes"), sources);
        copy(project.resolve("resources"), classes);
        write(
                classes,
                "META-INF/maven/org.example/own-parts/pom.properties",
                "groupId=org.example\nartifactId=own-parts\nversion=1.0.0\n");
        return packed(classes, folder.resolve("own-parts.jar"));
    }

    /** A jar of one class and one service file. */
    public static Path of(Path folder, String name, String source, String service) throws IOException {
        String type = source.replaceAll("(?s).*?class (\\w+).*", "$1");
        Path file = write(folder.resolve("src-" + name), type + ".java", source);
        Path classes = compiled(folder.resolve("classes-" + name), List.of(file));
        write(classes, "META-INF/services/" + service, type + "\n");
        return packed(classes, folder.resolve(name + ".jar"));
    }

    /** A jar of files with their content. */
    public static Path of(Path jar, Map<String, String> files) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static Path compiled(Path into, List<Path> sources) throws IOException {
        Files.createDirectories(into);
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", into.toString(), "-cp", System.getProperty("java.class.path")));
        sources.forEach(source -> arguments.add(source.toString()));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, System.out, System.err, arguments.toArray(String[]::new));
        assertThat(result).as("javac").isZero();
        return into;
    }

    private static Path write(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                write(to, from.relativize(file).toString(), Files.readString(file));
            }
        }
    }

    private static Path packed(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
        return jar;
    }
}
