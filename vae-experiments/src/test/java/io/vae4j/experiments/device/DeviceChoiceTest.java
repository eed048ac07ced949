package io.vae4j.experiments.device;

import static io.vae4j.experiments.device.Machine.BUNDLED;
import static io.vae4j.experiments.device.Machine.FIRST;
import static io.vae4j.experiments.device.Machine.SECOND;
import static io.vae4j.experiments.device.Machine.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceChoice.IfUnusable;
import io.vae4j.experiments.device.LibrarySource.Owner;
import io.vae4j.experiments.device.TorchFolder.Build;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeviceChoiceTest {

    // auto

    @Test
    void autoTakesTheCpuWithoutADriverAndAsksNoHost() {
        assertThat(decide("auto", Machine.built()))
                .isEqualTo(new DeviceChoice.Cpu(
                        "no NVIDIA driver found", Optional.empty(), new LibrarySource.BundledJar(BUNDLED)));
    }

    @Test
    void autoTakesTheFirstGpuWhenCudaLibrariesAreCached() {
        assertThat(decide("auto", Machine.built().withGpus(FIRST, SECOND).withCachedCuda()))
                .isEqualTo(new DeviceChoice.Gpu(
                        0,
                        "NVIDIA A100-SXM4-40GB, GPU 0 of 2",
                        new LibrarySource.Folder(Owner.DJL, Machine.CACHED_CUDA, "cu128"),
                        IfUnusable.COMPUTE_ON_CPU));
    }

    @Test
    void autoDownloadsCudaLibrariesWhenThereIsAGpuAndTheHostAnswers() {
        assertThat(decide("auto", Machine.built().withGpus(FIRST).online()).libraries())
                .isEqualTo(new LibrarySource.Download("cu128"));
    }

    @Test
    void autoSaysWhatKeepsItFromTheGpuWhenOffline() {
        DeviceChoice choice = decide("auto", Machine.built().withGpus(FIRST).offline());
        assertThat(choice)
                .isEqualTo(new DeviceChoice.Cpu(
                        "GPU found, but no CUDA libraries: DJL is set to offline and PYTORCH_LIBRARY_PATH is not set",
                        Optional.of("set PYTORCH_LIBRARY_PATH to the libraries of PyTorch 2.7.1 for CUDA"),
                        new LibrarySource.BundledJar(BUNDLED)));
    }

    @Test
    void autoHonoursCpuLibrariesOfTheUserOnAGpuMachine() {
        DeviceChoice choice = decide("auto", Machine.built().withGpus(FIRST).withUserLibraries(Build.CPU, "2.7.1"));
        assertThat(choice).isInstanceOf(DeviceChoice.Cpu.class);
        assertThat(choice.reason()).isEqualTo("GPU found, but PYTORCH_LIBRARY_PATH points at CPU libraries");
        assertThat(choice.libraries()).isEqualTo(new LibrarySource.Folder(Owner.USER, USER, "cpu"));
    }

    @Test
    void autoHonoursAFlavorOfCpuOnAGpuMachine() {
        DeviceChoice choice =
                decide("auto", Machine.built().withGpus(FIRST).withCachedCuda().settingFlavor("cpu"));
        assertThat(choice.reason()).isEqualTo("PYTORCH_FLAVOR=cpu asks for CPU libraries");
        assertThat(choice.libraries()).isEqualTo(new LibrarySource.BundledJar(BUNDLED));
    }

    @Test
    void autoTakesTheCpuWhereDjlHasNoCudaBuild() {
        DeviceChoice choice = decide("auto", Machine.built().withGpus(FIRST).ofPlatformWithoutCuda("linux-aarch64"));
        assertThat(choice.reason()).isEqualTo("GPU found, but DJL has no CUDA build for linux-aarch64");
    }

    @Test
    void autoTakesTheCpuWhenEveryGpuIsHidden() {
        DeviceChoice choice = decide(
                "auto", Machine.built().withGpus(FIRST, SECOND).withCachedCuda().showing(""));
        assertThat(choice.reason()).isEqualTo("CUDA_VISIBLE_DEVICES='' hides every GPU");
    }

    @Test
    void autoSeesThatACpuJarOnTheClassPathKeepsDjlFromDownloading() {
        DeviceChoice choice = decide(
                "auto", Machine.built().withGpus(FIRST).withCpuJarOnClassPath().online());
        assertThat(choice.reason())
                .isEqualTo("GPU found, but the class path holds a CPU native jar, which DJL prefers");
        assertThat(choice.libraries()).isEqualTo(new LibrarySource.ClassPathJar());
    }

    @Test
    void autoTakesCachedCudaLibrariesPastACpuJarOnTheClassPath() {
        assertThat(decide(
                                "auto",
                                Machine.built()
                                        .withGpus(FIRST)
                                        .withCpuJarOnClassPath()
                                        .withCachedCuda())
                        .libraries())
                .isEqualTo(new LibrarySource.Folder(Owner.DJL, Machine.CACHED_CUDA, "cu128"));
    }

    // gpu

    @Test
    void gpuTakesTheLibrariesOfTheUserBeforeAllOthers() {
        Machine machine = Machine.built()
                .withGpus(FIRST, SECOND)
                .withUserLibraries(Build.CUDA, "2.7.1")
                .withCachedCuda();
        assertThat(decide("gpu:1", machine))
                .isEqualTo(new DeviceChoice.Gpu(
                        1,
                        "NVIDIA T4, GPU 1 of 2",
                        new LibrarySource.Folder(Owner.USER, USER, "cu128"),
                        IfUnusable.REFUSE));
    }

    @Test
    void gpuIsCountedAsCudaShowsThem() {
        DeviceChoice choice = decide(
                "gpu:0",
                Machine.built().withGpus(FIRST, SECOND).withCachedCuda().showing("1"));
        assertThat(choice.reason()).isEqualTo("NVIDIA T4, GPU 0 of 1");
    }

    @Test
    void gpuIsRefusedWithoutADriver() {
        assertRefused("gpu", Machine.built(), "gpu:0 asked, but no NVIDIA driver found (--device); use --device cpu");
    }

    @Test
    void gpuIsRefusedWithARemedyWhenItsLibrariesCannotBeHad() {
        assertRefused(
                "gpu",
                Machine.built().withGpus(FIRST).offline(),
                "gpu:0 asked, but GPU found, but no CUDA libraries: DJL is set to offline and PYTORCH_LIBRARY_PATH is"
                        + " not set (--device); set PYTORCH_LIBRARY_PATH to the libraries of PyTorch 2.7.1 for CUDA,"
                        + " or use --device cpu");
    }

    @Test
    void gpuIsRefusedBeyondTheirNumberWithoutAskingForLibraries() {
        assertRefused(
                "gpu:2",
                Machine.built().withGpus(FIRST, SECOND),
                "gpu:2 asked, but CUDA shows 2 GPUs (--device); use gpu:0 to gpu:1");
        assertRefused(
                "gpu:1",
                Machine.built().withGpus(FIRST, SECOND).showing("1"),
                "gpu:1 asked, but CUDA shows 1 GPU (--device); use gpu:0");
    }

    @Test
    void gpuIsRefusedWhenEveryGpuIsHidden() {
        assertRefused(
                "gpu",
                Machine.built().withGpus(FIRST).showing("-1"),
                "gpu:0 asked, but CUDA_VISIBLE_DEVICES='-1' hides every GPU (--device); change CUDA_VISIBLE_DEVICES,"
                        + " or use --device cpu");
    }

    // cpu

    @Test
    void cpuIsTakenOnAGpuMachineAndAsksNoHost() {
        assertThat(decide("cpu", Machine.built().withGpus(FIRST).withCachedCuda()))
                .isEqualTo(
                        new DeviceChoice.Cpu("--device cpu", Optional.empty(), new LibrarySource.BundledJar(BUNDLED)));
    }

    @Test
    void cpuUsesCudaLibrariesOfTheUserThroughTheCpuBridge() {
        assertThat(decide("cpu", Machine.built().withUserLibraries(Build.CUDA, "2.7.1"))
                        .libraries())
                .isEqualTo(new LibrarySource.Folder(Owner.USER, USER, "cpu"));
    }

    @Test
    void cpuKeepsTheFlavorThatTheUserSetForHisLibraries() {
        Machine machine = Machine.built().withUserLibraries(Build.CUDA, "2.7.1").settingFlavor("cu128");
        assertThat(decide("cpu", machine).libraries()).isEqualTo(new LibrarySource.Folder(Owner.USER, USER, "cu128"));
    }

    @Test
    void cpuTakesCachedLibrariesThroughTheCpuBridgeWhateverFlavorIsSet() {
        assertThat(decide("cpu", Machine.bare().withCachedCpu().settingFlavor("cu128"))
                        .libraries())
                .isEqualTo(new LibrarySource.Folder(Owner.DJL, Machine.CACHED_CPU, "cpu"));
    }

    @Test
    void cpuFallsBackFromClassPathToBuildToCacheToDownload() {
        assertThat(decide("cpu", Machine.built().withCpuJarOnClassPath()).libraries())
                .isEqualTo(new LibrarySource.ClassPathJar());
        assertThat(decide("cpu", Machine.built()).libraries()).isEqualTo(new LibrarySource.BundledJar(BUNDLED));
        assertThat(decide("cpu", Machine.bare().withCachedCpu()).libraries())
                .isEqualTo(new LibrarySource.Folder(Owner.DJL, Machine.CACHED_CPU, "cpu"));
        assertThat(decide("cpu", Machine.bare().online()).libraries()).isEqualTo(new LibrarySource.Download("cpu"));
    }

    @Test
    void cpuIsRefusedWhenNoLibrariesCanBeHad() {
        assertRefused(
                "cpu",
                Machine.bare().offline(),
                "No PyTorch libraries for linux-x86_64: this build has none and DJL is set to offline"
                        + " (PYTORCH_LIBRARY_PATH); build again with 'mvn -DskipTests package', or set"
                        + " PYTORCH_LIBRARY_PATH");
    }

    // settings

    @Test
    void refusesALibraryPathThatLeadsNowhere() {
        assertThatThrownBy(() -> decide("cpu", Machine.built().settingLibraryPath("nowhere")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("'nowhere' holds no ")
                .hasMessageEndingWith("(PYTORCH_LIBRARY_PATH); unset it, or set it to the folder that does");
    }

    @Test
    void refusesAnotherVersionOfPyTorch() {
        assertRefused(
                "auto",
                Machine.built().settingVersion("2.5.1"),
                "PyTorch 2.5.1 does not fit this build (PYTORCH_VERSION); unset it, or use PyTorch 2.7.1");
        assertRefused(
                "auto",
                Machine.built().withUserLibraries(Build.CPU, "2.8.0"),
                "PyTorch 2.8.0 does not fit this build (PYTORCH_LIBRARY_PATH); unset it, or use PyTorch 2.7.1");
        assertThat(decide("auto", Machine.built().settingVersion("2.7.1"))).isInstanceOf(DeviceChoice.Cpu.class);
    }

    @Test
    void refusesAFlavorThatDjlHasNoBridgeFor() {
        assertRefused(
                "auto",
                Machine.built().settingFlavor("cu126"),
                "DJL has no bridge for 'cu126' on linux-x86_64 (PYTORCH_FLAVOR); unset it, or use cpu or cu128");
        assertRefused(
                "auto",
                Machine.built().ofPlatformWithoutCuda("osx-aarch64").settingFlavor("cu128"),
                "DJL has no bridge for 'cu128' on osx-aarch64 (PYTORCH_FLAVOR); unset it, or use cpu");
    }

    @Test
    void refusesACudaFlavorForCpuLibraries() {
        assertRefused(
                "cpu",
                Machine.built().withUserLibraries(Build.CPU, "2.7.1").settingFlavor("cu128"),
                "PYTORCH_LIBRARY_PATH points at CPU libraries, which do not fit 'cu128' (PYTORCH_FLAVOR); unset it,"
                        + " or use cpu");
    }

    private static DeviceChoice decide(String request, Machine machine) {
        return machine.facts().choose(DeviceRequest.parse(request));
    }

    private static void assertRefused(String request, Machine machine, String message) {
        assertThatThrownBy(() -> decide(request, machine))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(message);
    }
}
