package io.vae4j.experiments.device;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceChoice.IfUnusable;
import io.vae4j.experiments.device.LibrarySource.Owner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything the choice of a device depends on, and the rules: settings first, then GPU or the obstacle to it, then the
 * CPU's libraries. Equal facts and requests give equal choices.
 *
 * @param platform as DJL writes it, such as {@code linux-x86_64}
 * @param torchVersion the version of libtorch that this DJL is built for, such as {@code 2.7.1}
 * @param cudaFlavor the CUDA build that DJL's bridge comes with on this platform, such as {@code cu128}
 * @param gpus the NVIDIA cards
 * @param settings what the user tells DJL
 * @param userLibraries what {@code PYTORCH_LIBRARY_PATH} leads to
 * @param cpuJarOnClassPath whether DJL finds CPU libraries there
 * @param bundledCpuJar the CPU libraries that the build puts beside our own jar
 * @param cachedCuda CUDA libraries in DJL's cache folder
 * @param cachedCpu CPU libraries in DJL's cache folder
 * @param downloadObstacle why libtorch cannot be downloaded, if so; asked only when nothing nearer will do
 */
record DeviceFacts(
        String platform,
        String torchVersion,
        Optional<String> cudaFlavor,
        NvidiaGpus gpus,
        Settings settings,
        Optional<TorchFolder> userLibraries,
        boolean cpuJarOnClassPath,
        Optional<Path> bundledCpuJar,
        Optional<Path> cachedCuda,
        Optional<Path> cachedCpu,
        Supplier<Optional<String>> downloadObstacle) {

    private static final String CPU = "cpu";

    /** {@code PYTORCH_LIBRARY_PATH}, {@code PYTORCH_FLAVOR} and {@code PYTORCH_VERSION}. */
    record Settings(Optional<String> libraryPath, Optional<String> flavor, Optional<String> version) {}

    /** Why no GPU can be used, and what would help. */
    private record Obstacle(String reason, Optional<String> remedy) {}

    /**
     * Decides.
     *
     * @throws InvalidInput when a GPU is asked for and there is none to be had, or the user's settings for PyTorch
     *     contradict each other or this build
     */
    DeviceChoice choose(DeviceRequest request) {
        refuseUnusableSettings();
        if (request.kind() == DeviceRequest.Kind.CPU) {
            return new DeviceChoice.Cpu("--device cpu", Optional.empty(), cpuLibraries());
        }
        boolean demanded = request.kind() == DeviceRequest.Kind.GPU;
        // The count comes before the libraries: nobody should download gigabytes for a GPU that is not there.
        int count = gpus.visible().size();
        if (count > 0 && request.index() >= count) {
            throw new InvalidInput(
                    request + " asked, but CUDA shows " + (count == 1 ? "1 GPU" : count + " GPUs"),
                    "--device",
                    "use " + (count == 1 ? "gpu:0" : "gpu:0 to gpu:" + (count - 1)));
        }
        Optional<Obstacle> obstacle = obstacle();
        if (obstacle.isEmpty()) {
            return gpu(request.index(), demanded ? IfUnusable.REFUSE : IfUnusable.COMPUTE_ON_CPU);
        }
        String reason = obstacle.get().reason();
        Optional<String> remedy = obstacle.get().remedy();
        if (demanded) {
            String otherwise = remedy.map(way -> way + ", or ").orElse("") + "use --device cpu";
            throw new InvalidInput(request + " asked, but " + reason, "--device", otherwise);
        }
        return new DeviceChoice.Cpu(reason, remedy, cpuLibraries());
    }

    private Optional<Obstacle> obstacle() {
        String setting = "set PYTORCH_LIBRARY_PATH to the libraries of PyTorch " + torchVersion + " for CUDA";
        if (gpus.cards().isEmpty()) {
            return obstacle(gpus.search());
        } else if (gpus.visible().isEmpty()) {
            String shown = "CUDA_VISIBLE_DEVICES='" + gpus.shown().orElse("") + "'";
            return obstacle(shown + " hides every GPU", "change CUDA_VISIBLE_DEVICES");
        } else if (cudaFlavor.isEmpty()) {
            return obstacle("GPU found, but DJL has no CUDA build for " + platform);
        } else if (settings.flavor().filter(CPU::equals).isPresent()) {
            return obstacle("PYTORCH_FLAVOR=cpu asks for CPU libraries", "unset PYTORCH_FLAVOR");
        } else if (userLibraries.isPresent()) {
            return userLibraries.get().build() == TorchFolder.Build.CUDA
                    ? Optional.empty()
                    : obstacle(
                            "GPU found, but PYTORCH_LIBRARY_PATH points at CPU libraries",
                            "point PYTORCH_LIBRARY_PATH at CUDA libraries");
        } else if (cachedCuda.isPresent()) {
            return Optional.empty();
        } else if (cpuJarOnClassPath) {
            return obstacle("GPU found, but the class path holds a CPU native jar, which DJL prefers", setting);
        }
        return downloadObstacle
                .get()
                .flatMap(why -> obstacle(
                        "GPU found, but no CUDA libraries: " + why + " and PYTORCH_LIBRARY_PATH is not set", setting));
    }

    private static Optional<Obstacle> obstacle(String reason, String... remedy) {
        return Optional.of(new Obstacle(reason, Stream.of(remedy).findFirst()));
    }

    private DeviceChoice gpu(int index, IfUnusable ifUnusable) {
        String name = gpus.visible().get(index).name();
        String reason = "%s, GPU %d of %d".formatted(name, index, gpus.visible().size());
        String flavor = cudaFlavor.orElseThrow();
        LibrarySource libraries = userLibraries
                .<LibrarySource>map(own -> new LibrarySource.Folder(Owner.USER, own.path(), flavor))
                .or(() -> cachedCuda.map(path -> new LibrarySource.Folder(Owner.DJL, path, flavor)))
                .orElseGet(() -> new LibrarySource.Download(flavor));
        return new DeviceChoice.Gpu(index, reason, libraries, ifUnusable);
    }

    private LibrarySource cpuLibraries() {
        if (userLibraries.isPresent()) {
            // CUDA libraries compute on the CPU too, and the CPU bridge asks for no driver.
            String flavor = settings.flavor().orElse(CPU);
            return new LibrarySource.Folder(Owner.USER, userLibraries.get().path(), flavor);
        } else if (cpuJarOnClassPath) {
            return new LibrarySource.ClassPathJar();
        } else if (bundledCpuJar.isPresent()) {
            return new LibrarySource.BundledJar(bundledCpuJar.get());
        } else if (cachedCpu.isPresent()) {
            return new LibrarySource.Folder(Owner.DJL, cachedCpu.get(), CPU);
        }
        downloadObstacle.get().ifPresent(obstacle -> {
            throw new InvalidInput(
                    "No PyTorch libraries for " + platform + ": this build has none and " + obstacle,
                    "PYTORCH_LIBRARY_PATH",
                    "build again with 'mvn -DskipTests package', or set PYTORCH_LIBRARY_PATH");
        });
        return new LibrarySource.Download(CPU);
    }

    private void refuseUnusableSettings() {
        if (userLibraries.isEmpty() && settings.libraryPath().isPresent()) {
            throw new InvalidInput(
                    "'" + settings.libraryPath().get() + "' holds no " + System.mapLibraryName("torch"),
                    "PYTORCH_LIBRARY_PATH",
                    "unset it, or set it to the folder that does");
        }
        settings.version().ifPresent(version -> refuseOtherVersion(version, "PYTORCH_VERSION"));
        userLibraries
                .flatMap(TorchFolder::version)
                .ifPresent(version -> refuseOtherVersion(version, "PYTORCH_LIBRARY_PATH"));
        settings.flavor().filter(flavor -> !flavor.equals(CPU)).ifPresent(this::refuseUnfittingFlavor);
    }

    private void refuseOtherVersion(String version, String where) {
        // The bridge calls libtorch's C++ interface, which changes with every version.
        if (!version.equals(torchVersion)) {
            throw new InvalidInput(
                    "PyTorch " + version + " does not fit this build",
                    where,
                    "unset it, or use PyTorch " + torchVersion);
        }
    }

    private void refuseUnfittingFlavor(String flavor) {
        if (cudaFlavor.filter(flavor::equals).isEmpty()) {
            throw new InvalidInput(
                    "DJL has no bridge for '" + flavor + "' on " + platform,
                    "PYTORCH_FLAVOR",
                    "unset it, or use "
                            + cudaFlavor.map(cuda -> "cpu or " + cuda).orElse(CPU));
        }
        if (userLibraries.filter(own -> own.build() == TorchFolder.Build.CPU).isPresent()) {
            throw new InvalidInput(
                    "PYTORCH_LIBRARY_PATH points at CPU libraries, which do not fit '" + flavor + "'",
                    "PYTORCH_FLAVOR",
                    "unset it, or use cpu");
        }
    }
}
