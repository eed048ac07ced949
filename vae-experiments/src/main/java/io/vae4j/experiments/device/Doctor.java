package io.vae4j.experiments.device;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import io.vae4j.experiments.InvalidInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Examines whether this machine can train, and on what: Java, DJL, PyTorch, device, threads, memory, folders, data.
 *
 * <p>Of PyTorch's arithmetic it reports what the library says through DJL (MKL, oneDNN, OpenMP, CUDA, cuDNN); versions
 * of these libraries cannot be asked for from Java.
 *
 * @param request the device to examine
 * @param cache where vae4j keeps its data
 * @param folder where runs would be written
 * @param data the data at hand, for people; empty when there are none
 */
public record Doctor(DeviceRequest request, Path cache, Path folder, Optional<String> data) {

    /** Examines everything, which starts DJL's engine; a fault becomes a finding, never an exception. */
    public Diagnosis examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(Finding.ok(
                "System",
                "%s %s, %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch"))));
        findings.add(Finding.ok("DJL", Engine.getDjlVersion()));
        findings.addAll(engine());
        Storage storage = new Storage();
        findings.add(storage.memory());
        findings.add(storage.folder("DJL's cache", Probe.ofThisMachine().cache(), "DJL_CACHE_DIR"));
        findings.add(storage.folder("vae4j's cache", cache, "--data-dir"));
        findings.add(storage.folder("Current folder", folder, "--out"));
        findings.add(data.map(found -> Finding.ok("Data", found))
                .orElseGet(() -> Finding.warning(
                        "Data", "none yet", "the first run fetches them; without a network, use --data-dir")));
        return new Diagnosis(findings);
    }

    private static Finding java() {
        return Finding.ok(
                "Java",
                "%s, %s, %s"
                        .formatted(
                                Runtime.version(),
                                System.getProperty("java.vendor"),
                                System.getProperty("java.vm.name")));
    }

    private List<Finding> engine() {
        try {
            Facts facts = Probe.ofThisMachine().facts();
            DeviceChoice choice = DeviceChoice.decide(request, facts);
            RunDevice ready = NativeLibraries.prepare(choice);
            return List.of(torch(ready), arithmetic(), device(choice, ready), threads());
        } catch (InvalidInput refused) {
            return List.of(Finding.problem("Device", request.toString(), String.valueOf(refused.getMessage())));
        } catch (IllegalStateException | LinkageError failed) {
            return List.of(Finding.problem(
                    "PyTorch",
                    String.valueOf(failed.getMessage()),
                    "remove DJL's cache folder and build again with 'mvn -DskipTests package'"));
        }
    }

    private static Finding torch(RunDevice ready) {
        return Finding.ok(
                "PyTorch",
                "%s from %s, loaded from %s"
                        .formatted(
                                Engine.getEngine("PyTorch").getVersion(),
                                ready.libraries(),
                                LibUtils.getLibtorchPath()));
    }

    private static Finding arithmetic() {
        String libraries = JniUtils.getFeatures().stream()
                .map(feature -> feature.equals("MKLDNN") ? "oneDNN" : feature)
                .sorted()
                .collect(Collectors.joining(", "));
        return libraries.isEmpty()
                ? Finding.ok("Arithmetic", "PyTorch names no library for linear algebra")
                : Finding.ok("Arithmetic", libraries);
    }

    private static Finding device(DeviceChoice choice, RunDevice ready) {
        String value = ready.name() + ": " + ready.reason();
        if (choice instanceof DeviceChoice.Gpu && !ready.device().isGpu()) {
            return Finding.warning("Device", value, "check the driver; './vae doctor --device gpu' insists on the GPU");
        }
        Optional<String> remedy = choice instanceof DeviceChoice.Cpu cpu ? cpu.remedy() : Optional.empty();
        return remedy.map(way -> Finding.warning("Device", value, way)).orElseGet(() -> Finding.ok("Device", value));
    }

    private static Finding threads() {
        int processors = Runtime.getRuntime().availableProcessors();
        int within = JniUtils.getNumThreads();
        String set = Stream.of("OMP_NUM_THREADS", "MKL_NUM_THREADS")
                .filter(name -> System.getenv(name) != null)
                .map(name -> ", " + name + "=" + System.getenv(name))
                .collect(Collectors.joining());
        String value = "%d within an operation, %d between operations, %d processors%s"
                .formatted(within, JniUtils.getNumInteropThreads(), processors, set);
        return within > processors
                ? Finding.warning(
                        "Threads", value, "more threads than processors are slow; set OMP_NUM_THREADS=" + processors)
                : Finding.ok("Threads", value);
    }
}
