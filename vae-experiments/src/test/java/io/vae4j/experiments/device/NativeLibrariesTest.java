package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each test starts a process: libraries are loaded once per process, and this one has them on its class path. */
final class NativeLibrariesTest {

    @TempDir
    private Path folder;

    @Test
    void startsTheEngineFromAJarThatIsNotOnTheClassPath() throws Exception {
        String output =
                run(withoutNatives(), List.of("-Dvae4j.natives=" + nativesJar().getParent()), "cpu");
        assertThat(output).isEqualTo("cpu|--device cpu|the CPU libraries of this build|50.0|loader restored");
    }

    @Test
    void needsNothingWhenTheClassPathHasTheJar() throws Exception {
        String output = run(System.getProperty("java.class.path"), List.of(), "cpu");
        assertThat(output).isEqualTo("cpu|--device cpu|the cpu native jar on the class path|50.0|loader restored");
    }

    @Test
    void startsTheEngineWithTheUsersOwnLibraries() throws Exception {
        Path own = unpacked();
        String output = run(withoutNatives(), List.of("-DPYTORCH_LIBRARY_PATH=" + own), "cpu");
        assertThat(output).isEqualTo("cpu|--device cpu|PYTORCH_LIBRARY_PATH " + own + "|50.0|loader restored");
    }

    @Test
    void refusesLibrariesThatDoNotLoadInOneLine() throws Exception {
        Files.writeString(folder.resolve(System.mapLibraryName("torch")), "not a library");
        // on Linux the VM warns of what is no library before the loader refuses it
        List<String> options = List.of("-DPYTORCH_LIBRARY_PATH=" + folder, "-XX:-PrintWarnings");
        String output = run(withoutNatives(), options, "cpu");
        assertThat(output)
                .startsWith("PyTorch does not start with PYTORCH_LIBRARY_PATH " + folder + ": ")
                .endsWith("(PYTORCH_LIBRARY_PATH); unset it, or set it to libraries that load")
                .hasLineCount(1);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Symbolic links need a privilege there")
    void computesOnTheCpuWhenTheCudaBridgeDoesNotLoad() throws Exception {
        // The CUDA bridge needs libraries that a CPU build lacks, so this start fails and the CPU bridge takes over.
        Path libraries = withoutBridge();
        String output = run(withoutNatives(), List.of(), libraries.toString(), "cu128", "COMPUTE_ON_CPU");
        assertThat(output)
                .startsWith("cpu|PyTorch does not start with PYTORCH_LIBRARY_PATH " + libraries + ": ")
                .endsWith("|PYTORCH_LIBRARY_PATH " + libraries + "|50.0|loader restored");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Symbolic links need a privilege there")
    void refusesADemandedGpuWhenTheCudaBridgeDoesNotLoad() throws Exception {
        String output = run(withoutNatives(), List.of(), withoutBridge().toString(), "cu128", "REFUSE");
        assertThat(output)
                .startsWith("PyTorch does not start with ")
                .endsWith("(--device); check that the driver supports these CUDA libraries, or use --device cpu")
                .hasLineCount(1);
    }

    @Test
    void computesOnTheCpuWhenTheEngineSeesNoGpu() throws Exception {
        String output = run(withoutNatives(), List.of(), unpacked().toString(), "cpu", "COMPUTE_ON_CPU");
        assertThat(output)
                .startsWith(
                        "cpu|Pretended GPU found, but PyTorch cannot compute on it: the loaded PyTorch sees no GPU|");
    }

    @Test
    void refusesADemandedGpuThatTheEngineDoesNotSee() throws Exception {
        String output = run(withoutNatives(), List.of(), unpacked().toString(), "cpu", "REFUSE");
        assertThat(output)
                .isEqualTo("Pretended GPU found, but PyTorch cannot compute on it: the loaded PyTorch sees no GPU"
                        + " (--device); check that the driver supports these CUDA libraries, or use --device cpu");
    }

    @Test
    void makesWayForADownloadWhereOnlyTheBridgeIs() throws IOException {
        Path cached = Files.createDirectory(folder.resolve("cached"));
        Files.createFile(cached.resolve(Engine.getDjlVersion() + "-" + System.mapLibraryName("djl_torch")));
        NativeLibraries.makeWay(cached);
        assertThat(cached).doesNotExist();
    }

    @Test
    void leavesAFolderWithAnythingElseAlone() throws IOException {
        Path cached = Files.createDirectory(folder.resolve("cached"));
        Path own = Files.createFile(cached.resolve("notes.txt"));
        NativeLibraries.makeWay(cached);
        assertThat(own).exists();
        Files.createFile(cached.resolve(System.mapLibraryName("torch")));
        NativeLibraries.makeWay(cached);
        assertThat(cached).exists();
    }

    /** The libraries as DJL unpacks them at its first start. */
    private Path unpacked() throws Exception {
        if (Probe.ofThisMachine().facts().cachedCpu().isEmpty()) {
            run(System.getProperty("java.class.path"), List.of(), "cpu");
        }
        return Probe.ofThisMachine().facts().cachedCpu().orElseThrow();
    }

    /** The same without DJL's own bridge, which would win over the flavor asked for; copies would be large. */
    private Path withoutBridge() throws Exception {
        Path links = Files.createDirectory(folder.resolve("lib"));
        try (Stream<Path> libraries = Files.list(unpacked())) {
            for (Path library : libraries.toList()) {
                if (!library.getFileName().toString().contains("djl_torch")) {
                    Files.createSymbolicLink(links.resolve(library.getFileName()), library);
                }
            }
        }
        return links;
    }

    /** JUnit would remove the links itself, with a warning for each since they lead elsewhere. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
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

    private static Stream<String> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    /** What the process prints on standard output; its standard error is this process's. */
    private String run(String classPath, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath, "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1"));
        command.addAll(options);
        command.add(EngineStart.class.getName());
        command.addAll(List.of(arguments));
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
