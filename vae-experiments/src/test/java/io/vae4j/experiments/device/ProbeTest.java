package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbeTest {

    @TempDir
    private Path folder;

    @Test
    void readsVersionAndFlavoursFromTheClassPathOfThisTest() {
        Facts facts = Probe.ofThisMachine().facts();
        assertThat(facts.torchVersion()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(facts.platform()).matches("(linux|osx|win)-\\w+");
        assertThat(facts.classPathFlavours()).contains("cpu");
    }

    @Test
    void knowsTheCudaFlavourThatDjlComesWithForLinuxAndNoneForMacs() {
        ClassLoader loader = ProbeTest.class.getClassLoader();
        assertThat(new EngineBuild(loader, "linux-x86_64").cudaFlavour()).contains("cu128");
        assertThat(new EngineBuild(loader, "osx-aarch64").cudaFlavour()).isEmpty();
    }

    @Test
    void passesOverNativeJarsOfOtherPlatforms() {
        assertThat(new EngineBuild(ProbeTest.class.getClassLoader(), "no-such_platform").nativeFlavours())
                .isEmpty();
    }

    @Test
    void findsLibrariesInDjlsCacheUnderBothOfItsNames() throws IOException {
        cached("2.7.1-20250812-cpu-linux-x86_64");
        Path cuda = cached("2.7.1-cu128-linux-x86_64");
        cached("2.5.1-cu124-linux-x86_64");
        Facts facts = probe(Map.of()).facts();
        assertThat(facts.cachedCpu())
                .map(TorchFolder::folder)
                .contains(folder.resolve("2.7.1-20250812-cpu-linux-x86_64"));
        assertThat(facts.cachedCuda()).map(TorchFolder::folder).contains(cuda);
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
        Facts facts = probe(Map.of("PYTORCH_LIBRARY_PATH", own.toString(), "PYTORCH_FLAVOR", "cpu"))
                .facts();
        assertThat(facts.settings())
                .isEqualTo(new TorchSettings(Optional.of(own.toString()), Optional.of("cpu"), Optional.empty()));
        assertThat(facts.userLibraries()).map(TorchFolder::folder).contains(own);
    }

    @Test
    void saysThatDownloadsAreOffWhenDjlIsOffline() {
        // The build runs all tests with DJL set to offline.
        assertThat(new PublishedLibraries("2.7.1").obstacle()).contains("DJL is set to offline");
    }

    private Probe probe(Map<String, String> variables) {
        EngineBuild linux = new EngineBuild(ProbeTest.class.getClassLoader(), "linux-x86_64");
        return new Probe(
                NvidiaDriver.ofThisMachine(),
                linux,
                name -> Optional.ofNullable(variables.get(name)),
                folder,
                Optional.of(folder));
    }

    private Path cached(String name) throws IOException {
        Path libraries = Files.createDirectory(folder.resolve(name));
        Files.createFile(libraries.resolve(System.mapLibraryName("torch")));
        return libraries;
    }
}
