package io.vae4j.experiments.device;

import io.vae4j.experiments.device.TorchFolder.Build;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A machine that exists only in tests: Linux, and nothing else unless a method adds it. */
final class Machine {

    static final NvidiaGpus.Card FIRST =
            new NvidiaGpus.Card("NVIDIA A100-SXM4-40GB", "GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77");
    static final NvidiaGpus.Card SECOND = new NvidiaGpus.Card("NVIDIA T4", "GPU-cd168d42-1af6-4d47-8a2b-1c0a3d6ee0f1");
    static final Path USER = Path.of("torch", "lib");
    static final Path BUNDLED = Path.of("natives", "cpu.jar");
    static final Path CACHED_CUDA = Path.of("cache", "cuda");
    static final Path CACHED_CPU = Path.of("cache", "cpu");

    private String platform = "linux-x86_64";
    private Optional<String> cudaFlavor = Optional.of("cu128");
    private NvidiaGpus gpus = new NvidiaGpus(List.of(), Optional.empty(), "no NVIDIA driver found");
    private Optional<String> libraryPath = Optional.empty();
    private Optional<String> flavor = Optional.empty();
    private Optional<String> version = Optional.empty();
    private Optional<TorchFolder> userLibraries = Optional.empty();
    private boolean cpuJarOnClassPath;
    private Optional<Path> bundled = Optional.empty();
    private Optional<Path> cachedCuda = Optional.empty();
    private Optional<Path> cachedCpu = Optional.empty();
    private Supplier<Optional<String>> host = () -> {
        throw new AssertionError("The download host was asked without need");
    };

    /** What the build leaves behind: the CPU libraries beside the jar. */
    static Machine built() {
        Machine machine = new Machine();
        machine.bundled = Optional.of(BUNDLED);
        return machine;
    }

    static Machine bare() {
        return new Machine();
    }

    Machine withGpus(NvidiaGpus.Card... cards) {
        gpus = new NvidiaGpus(List.of(cards), Optional.empty(), "found");
        return this;
    }

    Machine showing(String visibleDevices) {
        gpus = new NvidiaGpus(gpus.cards(), Optional.of(visibleDevices), gpus.search());
        return this;
    }

    Machine ofPlatformWithoutCuda(String name) {
        platform = name;
        cudaFlavor = Optional.empty();
        return this;
    }

    Machine settingFlavor(String value) {
        flavor = Optional.of(value);
        return this;
    }

    Machine settingVersion(String value) {
        version = Optional.of(value);
        return this;
    }

    Machine settingLibraryPath(String value) {
        libraryPath = Optional.of(value);
        return this;
    }

    Machine withUserLibraries(Build build, String itsVersion) {
        libraryPath = Optional.of(USER.toString());
        userLibraries = Optional.of(new TorchFolder(USER, build, Optional.of(itsVersion)));
        return this;
    }

    Machine withCpuJarOnClassPath() {
        cpuJarOnClassPath = true;
        return this;
    }

    Machine withCachedCuda() {
        cachedCuda = Optional.of(CACHED_CUDA);
        return this;
    }

    Machine withCachedCpu() {
        cachedCpu = Optional.of(CACHED_CPU);
        return this;
    }

    Machine online() {
        host = Optional::empty;
        return this;
    }

    Machine offline() {
        host = () -> Optional.of("DJL is set to offline");
        return this;
    }

    DeviceFacts facts() {
        return new DeviceFacts(
                platform,
                "2.7.1",
                cudaFlavor,
                gpus,
                new DeviceFacts.Settings(libraryPath, flavor, version),
                userLibraries,
                cpuJarOnClassPath,
                bundled,
                cachedCuda,
                cachedCpu,
                host);
    }
}
