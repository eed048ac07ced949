package io.vae4j.experiments.device;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.management.OperatingSystemMXBean;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.Diagnosis.Finding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Examines whether this machine can train, and on what: Java, DJL, PyTorch, device, threads, memory, folders, data.
 *
 * @param request the device to examine
 * @param cache where vae4j keeps its data
 * @param folder where runs would be written
 * @param data the data at hand, for people; empty when there are none
 */
public record Doctor(DeviceRequest request, Path cache, Path folder, Optional<String> data) {

    private static final long GIB = 1L << 30;
    // PyTorch's libraries unpack to a quarter of this, MNIST and a run take a fraction.
    private static final long DISK_WANTED = 2 * GIB;
    private static final long MEMORY_WANTED = 3 * GIB;

    /** Examines everything, which starts DJL's engine; a fault becomes a finding, never an exception. */
    public Diagnosis examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("Java", Runtime.version() + properties("java.vendor", "java.vm.name")));
        findings.add(Finding.ok("System", System.getProperty("os.name") + properties("os.version", "os.arch")));
        findings.add(Finding.ok("DJL", Engine.getDjlVersion()));
        findings.addAll(engine());
        findings.add(Finding.ok("CUDA kernels", KernelVariables.ofThisProcess().toString()));
        findings.add(memory());
        findings.add(folder("DJL's cache", Probe.ofThisMachine().cache(), "DJL_CACHE_DIR"));
        findings.add(folder("vae4j's cache", cache, "VAE4J_CACHE"));
        findings.add(folder("Current folder", folder, "--out"));
        String remedy = "the first run fetches them; without a network, use --data-dir";
        findings.add(Finding.warningIf(data.isEmpty(), "Data", data.orElse("none yet"), remedy));
        return new Diagnosis(findings);
    }

    private static String properties(String... names) {
        return Stream.of(names).map(name -> ", " + System.getProperty(name)).collect(Collectors.joining());
    }

    private List<Finding> engine() {
        try {
            DeviceChoice choice = Probe.ofThisMachine().facts().choose(request);
            RunDevice ready = NativeLibraries.prepare(choice);
            String version = Engine.getEngine("PyTorch").getVersion();
            return List.of(
                    Finding.ok(
                            "PyTorch",
                            version + " from " + ready.libraries() + ", loaded from " + LibUtils.getLibtorchPath()),
                    Finding.ok(
                            "Arithmetic",
                            JniUtils.getFeatures().stream()
                                    .map(feature -> feature.equals("MKLDNN") ? "oneDNN" : feature)
                                    .sorted()
                                    .collect(Collectors.joining(", "))),
                    device(choice, ready),
                    threads());
        } catch (InvalidInput refused) {
            return List.of(Finding.problem("Device", request.toString(), String.valueOf(refused.getMessage())));
        } catch (IllegalStateException | LinkageError failed) {
            return List.of(Finding.problem(
                    "PyTorch",
                    String.valueOf(failed.getMessage()),
                    "remove DJL's cache folder and build again with 'mvn -DskipTests package'"));
        }
    }

    private static Finding device(DeviceChoice choice, RunDevice ready) {
        Optional<String> remedy = choice instanceof DeviceChoice.Cpu cpu ? cpu.remedy() : Optional.empty();
        if (choice instanceof DeviceChoice.Gpu && !ready.device().isGpu()) {
            remedy = Optional.of("check the driver; './vae doctor --device gpu' insists on the GPU");
        }
        String value = ready.name() + ": " + ready.reason();
        return Finding.warningIf(remedy.isPresent(), "Device", value, remedy.orElse(""));
    }

    private static Finding threads() {
        int processors = Runtime.getRuntime().availableProcessors();
        int within = JniUtils.getNumThreads();
        String value = "%d within an operation, %d between operations, %d processors"
                .formatted(within, JniUtils.getNumInteropThreads(), processors);
        String remedy = "more threads than processors are slow; set OMP_NUM_THREADS=" + processors;
        return Finding.warningIf(within > processors, "Threads", value, remedy);
    }

    private static Finding memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long total = system.getTotalMemorySize();
        String value =
                gib(total) + ", Java's heap at most " + gib(Runtime.getRuntime().maxMemory());
        String remedy = "training wants " + gib(MEMORY_WANTED) + "; use smaller batches";
        return Finding.warningIf(total < MEMORY_WANTED, "Memory", value, remedy);
    }

    /** Whether the folder, or the one it would be created in, can be written, and how much room is there. */
    static Finding folder(String name, Path folder, String setting) {
        Path place = folder.toAbsolutePath().normalize();
        Path existing = place;
        while (existing.getParent() != null && Files.notExists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.problem(
                    name, place + ", which cannot be written", "set " + setting + " to a folder that can");
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String remedy = "free some, or set " + setting + " to a disk with " + gib(DISK_WANTED);
            return Finding.warningIf(free < DISK_WANTED, name, place + ", " + gib(free) + " free", remedy);
        } catch (IOException unknown) {
            return Finding.ok(name, place + ", free space unknown");
        }
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }
}
