package io.vae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.run.BuildInfo;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a driver's class path goes to executors. */
class ShippedLibrariesTest {

    @TempDir
    private Path folder;

    @Test
    void ourJarsAndThoseWeAreBuiltOnAreSentAndSparksOwnAreNot() throws Exception {
        String version = BuildInfo.version();
        String classPath = classPath(
                "vae-spark-" + version + ".jar",
                "vae-core-" + version + ".jar",
                "spark-core_2.13-4.2.0.jar",
                "scala-library-2.13.18.jar",
                "api-0.35.1.jar");

        ShippedLibraries shipped = ShippedLibraries.of(classPath, "");

        assertThat(shipped.jars())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("vae-spark-" + version + ".jar", "vae-core-" + version + ".jar", "api-0.35.1.jar");
        assertThat(shipped.folders()).isEmpty();
        assertThat(shipped.natives()).isEmpty();
    }

    @Test
    void theLibrariesOfPyTorchAreNoJarForTheClassPath() throws Exception {
        String natives = "pytorch-native-cpu-2.7.1-linux-x86_64.jar";
        classPath(natives);

        ShippedLibraries shipped = ShippedLibraries.of("", folder.toString());

        assertThat(shipped.jars()).isEmpty();
        assertThat(shipped.natives()).contains(folder.resolve(natives));
    }

    @Test
    void foldersOfClassesAreSentAndTheUsersOwnFolderIsNot() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));

        ShippedLibraries shipped =
                ShippedLibraries.of(classes + File.pathSeparator + "." + File.pathSeparator + "/", "");

        assertThat(shipped.folders()).containsExactly(classes);
    }

    /** Of files that are there, and empty. */
    private String classPath(String... jars) throws IOException {
        for (String jar : jars) {
            Files.createFile(folder.resolve(jar));
        }
        return Stream.of(jars)
                .map(jar -> folder.resolve(jar).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
