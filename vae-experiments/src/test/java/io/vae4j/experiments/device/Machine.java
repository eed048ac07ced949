package io.vae4j.experiments.device;

import io.vae4j.experiments.device.TorchFolder.Build;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A machine that exists only in tests: Linux, and nothing else unless a method adds it. */
final class Machine {

    static final GpuCard FIRST = new GpuCard("NVIDIA A100-SXM4-40GB", "GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77");
    static final GpuCard SECOND = new GpuCard("NVIDIA T4", "GPU-cd168d42-1af6-4d47-8a2b-1c0a3d6ee0f1");
    static final Path USER = Path.of("torch", "lib");
    static final Path BUNDLED = Path.of("natives", "cpu.jar");
    static final Path CACHED_CUDA = Path.of("cache", "cuda");
    static final Path CACHED_CPU = Path.of("cache", "cpu");

    private String platform = "linux-x86_64";
    private Optional<String> cudaFlavour = Optional.of("cu128");
    private InstalledGpus gpus = InstalledGpus.none("no NVIDIA driver found");
    private Optional<String> libraryPath = Optional.empty();
    private Optional<String> flavour = Optional.empty();
    private Optional<String> version = Optional.empty();
    private Optional<TorchFolder> userLibraries = Optional.empty();
    private List<String> classPath = List.of();
    private Optional<Path> bundled = Optional.empty();
    private Optional<TorchFolder> cachedCuda = Optional.empty();
    private Optional<TorchFolder> cachedCpu = Optional.empty();
    private DownloadHost host = () -> {
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

    Machine withGpus(GpuCard... cards) {
        gpus = new InstalledGpus(List.of(cards), Optional.empty(), "found");
        return this;
    }

    Machine showing(String visibleDevices) {
        gpus = new InstalledGpus(gpus.cards(), Optional.of(visibleDevices), gpus.search());
        return this;
    }

    Machine ofPlatformWithoutCuda(String name) {
        platform = name;
        cudaFlavour = Optional.empty();
        return this;
    }

    Machine settingFlavour(String value) {
        flavour = Optional.of(value);
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

    Machine withOnClassPath(String... flavours) {
        classPath = List.of(flavours);
        return this;
    }

    Machine withCachedCuda() {
        cachedCuda = Optional.of(new TorchFolder(CACHED_CUDA, Build.CUDA, Optional.empty()));
        return this;
    }

    Machine withCachedCpu() {
        cachedCpu = Optional.of(new TorchFolder(CACHED_CPU, Build.CPU, Optional.empty()));
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

    Facts facts() {
        return new Facts(
                platform,
                "2.7.1",
                cudaFlavour,
                gpus,
                new TorchSettings(libraryPath, flavour, version),
                userLibraries,
                classPath,
                bundled,
                cachedCuda,
                cachedCpu,
                host);
    }
}
