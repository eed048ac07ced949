package io.vae4j.experiments.device;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceChoice.IfUnusable;
import io.vae4j.experiments.device.TorchFolder.Build;
import java.util.List;
import java.util.Optional;

/**
 * The rules behind {@link DeviceChoice#decide}: settings first, then GPU or the obstacle to it, then the CPU's
 * libraries.
 */
final class Decision {

    private static final String CPU_FLAVOUR = "cpu";

    private final Facts facts;

    Decision(Facts facts) {
        this.facts = facts;
    }

    /** Either a way to compute on a GPU, or what stands in the way. */
    private sealed interface GpuWay {
        record Open(Route route) implements GpuWay {}

        record Blocked(String reason, Optional<String> remedy) implements GpuWay {}
    }

    DeviceChoice on(DeviceRequest request) {
        refuseUnusableSettings();
        if (request instanceof DeviceRequest.Cpu) {
            return new DeviceChoice.Cpu("--device cpu", Optional.empty(), cpuRoute());
        }
        return request instanceof DeviceRequest.Gpu gpu ? demanded(gpu) : preferred();
    }

    private DeviceChoice preferred() {
        GpuWay way = gpuWay();
        if (way instanceof GpuWay.Open open) {
            return gpu(0, open.route(), IfUnusable.COMPUTE_ON_CPU);
        }
        GpuWay.Blocked blocked = (GpuWay.Blocked) way;
        return new DeviceChoice.Cpu(blocked.reason(), blocked.remedy(), cpuRoute());
    }

    private DeviceChoice demanded(DeviceRequest.Gpu request) {
        // The count comes before the libraries: nobody should download gigabytes for a GPU that is not there.
        int count = facts.gpus().visible().size();
        if (count > 0 && request.index() >= count) {
            throw new InvalidInput(
                    request + " asked, but CUDA shows " + (count == 1 ? "1 GPU" : count + " GPUs"),
                    "--device",
                    "use " + (count == 1 ? "gpu:0" : "gpu:0 to gpu:" + (count - 1)));
        }
        GpuWay way = gpuWay();
        if (way instanceof GpuWay.Open open) {
            return gpu(request.index(), open.route(), IfUnusable.REFUSE);
        }
        GpuWay.Blocked blocked = (GpuWay.Blocked) way;
        throw new InvalidInput(
                request + " asked, but " + blocked.reason(),
                "--device",
                blocked.remedy().map(remedy -> remedy + ", or ").orElse("") + "use --device cpu");
    }

    private DeviceChoice gpu(int index, Route route, IfUnusable ifUnusable) {
        List<GpuCard> shown = facts.gpus().visible();
        String reason = "%s, GPU %d of %d".formatted(shown.get(index).name(), index, shown.size());
        return new DeviceChoice.Gpu(index, reason, route, ifUnusable);
    }

    private GpuWay gpuWay() {
        InstalledGpus gpus = facts.gpus();
        if (gpus.cards().isEmpty()) {
            return new GpuWay.Blocked(gpus.search(), Optional.empty());
        }
        if (gpus.visible().isEmpty()) {
            return blocked(
                    "CUDA_VISIBLE_DEVICES='" + gpus.shown().orElse("") + "' hides every GPU",
                    "change CUDA_VISIBLE_DEVICES");
        }
        if (facts.cudaFlavour().isEmpty()) {
            return new GpuWay.Blocked("GPU found, but DJL has no CUDA build for " + facts.platform(), Optional.empty());
        }
        if (facts.settings().flavour().filter(CPU_FLAVOUR::equals).isPresent()) {
            return blocked("PYTORCH_FLAVOR=cpu asks for CPU libraries", "unset PYTORCH_FLAVOR");
        }
        return cudaLibraries(facts.cudaFlavour().get());
    }

    private GpuWay cudaLibraries(String flavour) {
        if (facts.userLibraries().isPresent()) {
            TorchFolder libraries = facts.userLibraries().get();
            return libraries.build() == Build.CUDA
                    ? new GpuWay.Open(new Route.UserLibraries(libraries.folder(), flavour))
                    : blocked(
                            "GPU found, but PYTORCH_LIBRARY_PATH points at CPU libraries",
                            "point PYTORCH_LIBRARY_PATH at CUDA libraries");
        }
        Optional<String> cudaJar = facts.classPathFlavours().stream()
                .filter(name -> name.startsWith("cu"))
                .findFirst();
        if (cudaJar.isPresent()) {
            return new GpuWay.Open(new Route.ClassPathJar(cudaJar.get()));
        }
        if (facts.cachedCuda().isPresent()) {
            return new GpuWay.Open(
                    new Route.CachedLibraries(facts.cachedCuda().get().folder(), flavour));
        }
        return download(flavour);
    }

    private GpuWay download(String flavour) {
        String remedy = "set PYTORCH_LIBRARY_PATH to the libraries of PyTorch " + facts.torchVersion() + " for CUDA";
        if (cpuJarOnClassPath()) {
            return blocked("GPU found, but the class path holds a CPU native jar, which DJL prefers", remedy);
        }
        Optional<String> obstacle = facts.downloads().obstacle();
        return obstacle.isPresent()
                ? blocked(
                        "GPU found, but no CUDA libraries: " + obstacle.get() + " and PYTORCH_LIBRARY_PATH is not set",
                        remedy)
                : new GpuWay.Open(new Route.Download(flavour));
    }

    private Route cpuRoute() {
        if (facts.userLibraries().isPresent()) {
            // CUDA libraries compute on the CPU too, and the CPU bridge asks for no driver.
            return new Route.UserLibraries(
                    facts.userLibraries().get().folder(),
                    facts.settings().flavour().orElse(CPU_FLAVOUR));
        }
        if (cpuJarOnClassPath()) {
            return new Route.ClassPathJar(CPU_FLAVOUR);
        }
        if (facts.bundledCpuJar().isPresent()) {
            return new Route.BundledJar(facts.bundledCpuJar().get());
        }
        if (facts.cachedCpu().isPresent()) {
            return new Route.CachedLibraries(facts.cachedCpu().get().folder(), CPU_FLAVOUR);
        }
        facts.downloads().obstacle().ifPresent(obstacle -> {
            throw new InvalidInput(
                    "No PyTorch libraries for " + facts.platform() + ": this build has none and " + obstacle,
                    "PYTORCH_LIBRARY_PATH",
                    "build again with 'mvn -DskipTests package', or set PYTORCH_LIBRARY_PATH");
        });
        return new Route.Download(CPU_FLAVOUR);
    }

    private boolean cpuJarOnClassPath() {
        return facts.classPathFlavours().contains(CPU_FLAVOUR);
    }

    private void refuseUnusableSettings() {
        TorchSettings settings = facts.settings();
        if (settings.libraryPath().isPresent() && facts.userLibraries().isEmpty()) {
            throw new InvalidInput(
                    "'" + settings.libraryPath().get() + "' holds no " + System.mapLibraryName("torch"),
                    "PYTORCH_LIBRARY_PATH",
                    "unset it, or set it to the folder that does");
        }
        settings.version().ifPresent(version -> refuseOtherVersion(version, "PYTORCH_VERSION"));
        facts.userLibraries()
                .flatMap(TorchFolder::version)
                .map(version -> version.replaceFirst("\\+.*", "")) // 2.7.1+cu126
                .ifPresent(version -> refuseOtherVersion(version, "PYTORCH_LIBRARY_PATH"));
        settings.flavour().ifPresent(this::refuseUnfittingFlavour);
    }

    private void refuseOtherVersion(String version, String where) {
        // The bridge calls libtorch's C++ interface, which changes with every version.
        if (!version.equals(facts.torchVersion())) {
            throw new InvalidInput(
                    "PyTorch " + version + " does not fit this build",
                    where,
                    "unset it, or use PyTorch " + facts.torchVersion());
        }
    }

    private void refuseUnfittingFlavour(String flavour) {
        boolean known = flavour.equals(CPU_FLAVOUR)
                || facts.cudaFlavour().filter(flavour::equals).isPresent();
        if (!known) {
            String choices = facts.cudaFlavour().map(cuda -> "cpu or " + cuda).orElse(CPU_FLAVOUR);
            throw new InvalidInput(
                    "DJL has no bridge for '" + flavour + "' on " + facts.platform(),
                    "PYTORCH_FLAVOR",
                    "unset it, or use " + choices);
        }
        boolean cpuLibraries = facts.userLibraries()
                .filter(folder -> folder.build() == Build.CPU)
                .isPresent();
        if (cpuLibraries && !flavour.equals(CPU_FLAVOUR)) {
            throw new InvalidInput(
                    "PYTORCH_LIBRARY_PATH points at CPU libraries, which do not fit '" + flavour + "'",
                    "PYTORCH_FLAVOR",
                    "unset it, or use cpu");
        }
    }

    private static GpuWay blocked(String reason, String remedy) {
        return new GpuWay.Blocked(reason, Optional.of(remedy));
    }
}
