package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ProbeTest {

    @TempDir
    private Path folder;

    @Test
    void readsVersionsFromTheClassPathOfThisTest() {
        DeviceFacts facts = Probe.ofThisMachine().facts();
        assertThat(facts.torchVersion()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(facts.platform()).matches("(linux|osx|win)-\\w+");
        assertThat(facts.cpuJarOnClassPath()).isTrue();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Each system names libraries its own way")
    void knowsTheCudaFlavorThatDjlComesWith() {
        assertThat(probe(Map.of()).facts().cudaFlavor()).contains("cu128");
        assertThat(on("linux-aarch64", Map.of()).facts().cudaFlavor()).isEmpty();
    }

    @Test
    void passesOverANativeJarOfAnotherPlatform() {
        assertThat(on("no-such_platform", Map.of()).facts().cpuJarOnClassPath()).isFalse();
    }

    @Test
    void findsLibrariesInDjlsCacheUnderBothOfItsNames() throws IOException {
        cached("2.7.1-20250812-cpu-linux-x86_64");
        Path cuda = cached("2.7.1-cu128-linux-x86_64");
        cached("2.5.1-cu124-linux-x86_64");
        DeviceFacts facts = probe(Map.of()).facts();
        assertThat(facts.cachedCpu()).contains(folder.resolve("2.7.1-20250812-cpu-linux-x86_64"));
        assertThat(facts.cachedCuda()).contains(cuda);
    }

    @Test
    void takesAFolderWithTheBridgeAloneForNoLibraries() throws IOException {
        Files.createFile(Files.createDirectory(folder.resolve("2.7.1-cu128-linux-x86_64"))
                .resolve("0.35.1-" + System.mapLibraryName("djl_torch")));
        assertThat(probe(Map.of()).facts().cachedCuda()).isEmpty();
    }

    @Test
    void findsTheJarThatTheBuildLeaves() throws IOException {
        Path jar = Files.createFile(folder.resolve("pytorch-native-cpu-2.7.1-linux-x86_64.jar"));
        Files.createFile(folder.resolve("pytorch-native-cpu-2.7.1-win-x86_64.jar"));
        assertThat(probe(Map.of()).facts().bundledCpuJar()).contains(jar);
    }

    @Test
    void followsTheUsersSettings() throws IOException {
        Path own = cached("own");
        DeviceFacts facts = probe(Map.of("PYTORCH_LIBRARY_PATH", own.toString(), "PYTORCH_FLAVOR", "cpu"))
                .facts();
        assertThat(facts.settings())
                .isEqualTo(new DeviceFacts.Settings(Optional.of(own.toString()), Optional.of("cpu"), Optional.empty()));
        assertThat(facts.userLibraries()).map(TorchFolder::path).contains(own);
    }

    @Test
    void saysThatDownloadsAreOffWhenDjlIsOffline() {
        // The build runs all tests with DJL set to offline.
        assertThat(probe(Map.of()).facts().downloadObstacle().get()).contains("DJL is set to offline");
    }

    private Probe probe(Map<String, String> variables) {
        return on("linux-x86_64", variables);
    }

    private Probe on(String platform, Map<String, String> variables) {
        return new Probe(platform, name -> Optional.ofNullable(variables.get(name)), folder, folder);
    }

    private Path cached(String name) throws IOException {
        Path libraries = Files.createDirectory(folder.resolve(name));
        Files.createFile(libraries.resolve(System.mapLibraryName("torch")));
        return libraries;
    }
}
