package io.vae4j.spark;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * What executors need of a driver's class path: this project and the libraries that it is built on, without Spark's
 * own, which are there already.
 *
 * @param jars each under the name that it has in Maven's repository
 * @param folders of classes that are not packed yet, as an IDE and tests have them
 * @param natives the CPU libraries of PyTorch, which stay off the executors' class path: they would hide a GPU there
 */
public record ShippedLibraries(List<Path> jars, List<Path> folders, Optional<Path> natives) {

    private static final String NATIVES = "pytorch-native-cpu-";

    /** Those of this process. */
    public static ShippedLibraries ofThisProcess() {
        Set<String> names = names();
        names.add(fileName(own()));
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
        return new ShippedLibraries(
                classPath.stream()
                        .filter(entry -> names.contains(fileName(entry)) && Files.isRegularFile(entry))
                        .toList(),
                classPath.stream().filter(Files::isDirectory).toList(),
                Stream.concat(classPath.stream(), built())
                        .filter(entry -> fileName(entry).startsWith(NATIVES))
                        .findFirst());
    }

    /** Written by Maven: the files that this module's class path consists of on an executor. */
    private static Set<String> names() {
        try (InputStream in = ShippedLibraries.class.getResourceAsStream("libraries")) {
            if (in == null) {
                throw new IllegalStateException("the list of libraries is missing from vae-spark's jar");
            }
            return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .strip()
                            .split("[:;]"))
                    .map(entry -> fileName(Path.of(entry)))
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this module itself lies, which is no library of its own. */
    private static Path own() {
        try {
            return Path.of(ShippedLibraries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("vae-spark's own jar is not a file", e);
        }
    }

    /** What the build leaves for the launcher. */
    private static Stream<Path> built() {
        String folder = System.getProperty("vae4j.natives", "");
        if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    /**
     * Hands them to the executors of a session that is not begun yet, with further jars: executors have them from their
     * start on. What is handed over later, Spark would give to some of them only.
     *
     * @param plugins jars with parts of one's own
     */
    public SparkSession.Builder addTo(SparkSession.Builder session, List<Path> plugins) throws IOException {
        List<Path> all = new ArrayList<>(jars);
        all.addAll(plugins);
        for (Path folder : folders) {
            all.add(packed(folder, nameOf(folder)));
        }
        return session.config("spark.jars", listed("spark.jars", all))
                .config("spark.files", listed("spark.files", natives.stream().toList()));
    }

    /** Behind those that the user's settings name. */
    private static String listed(String setting, List<Path> files) {
        String given = System.getProperty(setting, "");
        return Stream.concat(
                        given.isEmpty() ? Stream.empty() : Stream.of(given),
                        files.stream().map(file -> file.toAbsolutePath().toString()))
                .collect(Collectors.joining(","));
    }

    /** A jar's name that two folders do not share: they are all called classes. */
    private static String nameOf(Path folder) {
        return fileName(folder) + "-"
                + Integer.toHexString(folder.toAbsolutePath().toString().hashCode()) + ".jar";
    }

    private static Path packed(Path folder, String name) throws IOException {
        Path scratch = Files.createTempDirectory("vae4j-classes");
        Path jar = scratch.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packing = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packing.putNextEntry(
                        new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, packing);
            }
        }
        jar.toFile().deleteOnExit();
        scratch.toFile().deleteOnExit();
        return jar;
    }
}
