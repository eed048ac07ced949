package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test starts a process: libraries are loaded once per process, and this one has them on its class path. */
final class NativeLibrariesTest {

    @TempDir
    private Path folder;

    @Test
    void startsTheEngineFromAJarThatIsNotOnTheClassPath() throws Exception {
        String output =
                run(withoutNatives(), List.of("-Dvae4j.natives=" + nativesJar().getParent()), "cpu");
        assertThat(output).isEqualTo("cpu|--device cpu|the CPU libraries of this build|50.0|true");
    }

    @Test
    void needsNothingWhenTheClassPathHasTheJar() throws Exception {
        String output = run(System.getProperty("java.class.path"), List.of(), "cpu");
        assertThat(output).isEqualTo("cpu|--device cpu|the cpu native jar on the class path|50.0|true");
    }

    @Test
    void startsTheEngineWithTheUsersOwnLibraries() throws Exception {
        Path own = unpacked();
        String output = run(withoutNatives(), List.of("-DPYTORCH_LIBRARY_PATH=" + own), "cpu");
        assertThat(output).isEqualTo("cpu|--device cpu|PYTORCH_LIBRARY_PATH " + own + "|50.0|true");
    }

    @Test
    void refusesLibrariesThatDoNotLoadInOneLine() throws Exception {
        Files.writeString(folder.resolve(System.mapLibraryName("torch")), "not a library");
        String output = run(withoutNatives(), List.of("-DPYTORCH_LIBRARY_PATH=" + folder), "cpu");
        assertThat(output)
                .startsWith("PyTorch does not start with PYTORCH_LIBRARY_PATH " + folder + ": ")
                .endsWith("(PYTORCH_LIBRARY_PATH); unset it, or set it to libraries that load")
                .hasLineCount(1);
    }

    /** The libraries as DJL unpacks them, which it has done at the latest when another test started the engine. */
    private Path unpacked() throws Exception {
        run(System.getProperty("java.class.path"), List.of(), "cpu");
        return Probe.ofThisMachine().facts().cachedCpu().orElseThrow().folder();
    }

    private static Path nativesJar() {
        return classPath()
                .filter(NativeLibrariesTest::holdsNatives)
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    private static String withoutNatives() {
        return classPath()
                .filter(Predicate.not(NativeLibrariesTest::holdsNatives))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean holdsNatives(String entry) {
        return entry.contains("pytorch-native-cpu");
    }

    private static java.util.stream.Stream<String> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    /** What the process prints on standard output; its standard error is this process's. */
    private String run(String classPath, List<String> properties, String device)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath, "-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1"));
        command.addAll(properties);
        command.addAll(List.of(EngineStart.class.getName(), device));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(output).strip();
    }
}
