package io.vae4j.spark;

import io.vae4j.experiments.run.BuildInfo;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        return of(System.getProperty("java.class.path"), System.getProperty("vae4j.natives", ""));
    }

    /**
     * Those of a class path.
     *
     * @param built the folder where the build leaves the CPU libraries for the launcher; empty where there is none
     */
    static ShippedLibraries of(String classPath, String built) {
        Set<String> names = names();
        List<Path> entries = Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
        return new ShippedLibraries(
                entries.stream()
                        .filter(entry -> names.contains(fileName(entry)) && Files.isRegularFile(entry))
                        .toList(),
                entries.stream()
                        .filter(entry -> Files.isDirectory(entry) && !isAroundThisProcess(entry))
                        .toList(),
                Stream.concat(entries.stream(), inside(built).stream())
                        .filter(entry -> fileName(entry).startsWith(NATIVES))
                        .findFirst());
    }

    /** This module's own jar, and those that Maven wrote down: what it depends on, but for Spark. */
    private static Set<String> names() {
        try (InputStream in = ShippedLibraries.class.getResourceAsStream("libraries")) {
            if (in == null) {
                throw new IllegalStateException("the list of libraries is missing from vae-spark's jar");
            }
            String listed = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Stream.concat(
                            Stream.of("vae-spark-" + BuildInfo.version() + ".jar"),
                            Stream.of(listed.split("[:;]")).map(entry -> fileName(Path.of(entry))))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class path may name the folder that the user is in, and all that he has. */
    private static boolean isAroundThisProcess(Path folder) {
        return Path.of("").toAbsolutePath().startsWith(folder.toAbsolutePath().normalize());
    }

    private static List<Path> inside(String folder) {
        if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.toList();
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
        // the last one that is named goes first
        scratch.toFile().deleteOnExit();
        jar.toFile().deleteOnExit();
        return jar;
    }
}
