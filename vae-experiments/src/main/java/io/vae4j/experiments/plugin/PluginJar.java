package io.vae4j.experiments.plugin;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Sha256;
import io.vae4j.experiments.run.Manifest.PluginRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** A jar that somebody gives as a plugin. */
record PluginJar(Path path, PluginRecord record) {

    /** What a plugin is called that does not say its version. */
    private static final String UNVERSIONED = "unversioned";

    /** @throws InvalidInput if there is no such jar, or it cannot be read */
    static PluginJar open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new InvalidInput("there is no such plugin", path.toString(), "give --plugin a jar");
        }
        return new PluginJar(path, recordOf(path));
    }

    /** @throws InvalidInput if it provides none of the services */
    void requireService(List<Class<?>> services) {
        if (services.stream().noneMatch(this::provides)) {
            throw new InvalidInput(
                    "this jar is no plugin: it provides none of "
                            + services.stream().map(Class::getSimpleName).toList(),
                    path.toString(),
                    "name its RecipeParts in META-INF/services/"
                            + services.get(0).getName());
        }
    }

    private boolean provides(Class<?> service) {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.getEntry("META-INF/services/" + service.getName()) != null;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    URL url() {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw unreadable(path, e);
        }
    }

    /** The jar or folder that a class came from; empty where there is none, or where it lies within another jar. */
    static Optional<Path> location(Class<?> type) {
        Optional<URL> source =
                Optional.ofNullable(type.getProtectionDomain().getCodeSource()).map(CodeSource::getLocation);
        try {
            return source.isPresent() ? Optional.of(Path.of(source.orElseThrow().toURI())) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The name, version and checksum of a jar; a folder of classes is called after the project that it is in. */
    static PluginRecord recordOf(Path path) {
        if (Files.isDirectory(path)) {
            return new PluginRecord(projectOf(path), UNVERSIONED, Optional.empty(), Optional.empty());
        }
        try (JarFile jar = new JarFile(path.toFile());
                InputStream bytes = Files.newInputStream(path)) {
            Named named = named(jar, fileName(path).replaceFirst("\\.jar$", ""));
            return new PluginRecord(named.name(), named.version(), Optional.of(Sha256.of(bytes)), Optional.empty());
        } catch (IOException | RuntimeException e) { // a bad escape or a broken signature is the jar's fault, too
            throw unreadable(path, e);
        }
    }

    private static String projectOf(Path classes) {
        for (Path folder = classes; folder != null; folder = folder.getParent()) {
            if (folder.endsWith("target") && folder.getParent() != null) {
                return fileName(folder.getParent());
            }
        }
        return fileName(classes);
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** What a jar calls itself. */
    private record Named(String name, String version) {

        static Named by(Properties maven, String file) {
            return new Named(maven.getProperty("artifactId", file), maven.getProperty("version", UNVERSIONED));
        }

        static Named by(Attributes manifest, String file) {
            return new Named(
                    Optional.ofNullable(manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE))
                            .orElse(file),
                    Optional.ofNullable(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                            .orElse(UNVERSIONED));
        }

        boolean isOf(String file) {
            return file.equals(name) || file.equals(name + "-" + version);
        }
    }

    /**
     * By what Maven wrote into the jar, else by its manifest, else by its file. A shaded jar holds what Maven wrote of
     * each dependency, in any order: of several, only that counts which the file is named after.
     */
    private static Named named(JarFile jar, String file) throws IOException {
        List<Named> all = jar.stream()
                .filter(entry -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties"))
                .map(entry -> Named.by(properties(jar, entry), file))
                .toList();
        Attributes manifest = Optional.ofNullable(jar.getManifest())
                .map(Manifest::getMainAttributes)
                .orElseGet(Attributes::new);
        return all.stream()
                .filter(named -> all.size() == 1 || named.isOf(file))
                .findFirst()
                .orElseGet(() -> Named.by(manifest, file));
    }

    private static Properties properties(JarFile jar, JarEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidInput unreadable(Path path, Exception e) {
        return new InvalidInput("the plugin cannot be read: " + e.getMessage(), path.toString(), "give --plugin a jar");
    }
}
