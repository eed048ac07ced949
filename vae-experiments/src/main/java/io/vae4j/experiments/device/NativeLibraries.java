package io.vae4j.experiments.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceChoice.IfUnusable;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a {@link DeviceChoice}: starts DJL's engine with the libraries that the choice names.
 *
 * <p>Must come before anything else touches DJL's engine, since libraries are loaded once per process. Preparing again
 * in the same process keeps the libraries that are loaded.
 *
 * <p><b>No CUDA source has been run on a GPU</b>: none was at hand. PyTorch's CUDA libraries were loaded through
 * {@code PYTORCH_LIBRARY_PATH} on a machine without one, where they computed on the CPU; what follows from a GPU being
 * there is read from DJL's source. Hence what a training needs is tried on the GPU here before a run relies on it.
 */
public final class NativeLibraries {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);

    private NativeLibraries() {}

    /**
     * Looks at this machine, decides, starts the engine and returns the device to use.
     *
     * @throws InvalidInput when a GPU is asked for and there is none to be had or PyTorch cannot compute on it, or the
     *     user's settings for PyTorch contradict each other or this build, or his own libraries do not load
     * @throws IllegalStateException when other libraries do not load
     */
    public static RunDevice prepareFor(DeviceRequest request) {
        return prepare(Probe.ofThisMachine().facts().choose(request));
    }

    static RunDevice prepare(DeviceChoice choice) {
        // DJL would report its start to its makers from Amazon's cloud, and look for that cloud everywhere else.
        if (System.getProperty("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
        return choice instanceof DeviceChoice.Gpu gpu
                ? onGpu(gpu)
                : onCpu(choice.libraries(), choice.reason(), start(choice.libraries()));
    }

    private static RunDevice onGpu(DeviceChoice.Gpu choice) {
        LibrarySource libraries = choice.libraries();
        Optional<EngineException> startFault = start(libraries);
        Device device = Device.gpu(choice.index());
        Optional<String> fault = startFault
                .map(EngineException::getMessage)
                .or(() -> faultOf(device)
                        .map(why -> choice.reason() + " found, but PyTorch cannot compute on it: " + why));
        if (fault.isEmpty()) {
            return new RunDevice(device, choice.reason(), libraries.toString());
        }
        if (choice.ifUnusable() == IfUnusable.REFUSE) {
            throw new InvalidInput(
                    fault.get(),
                    "--device",
                    "check that the driver supports these CUDA libraries, or use --device cpu");
        }
        if (startFault.isPresent() && libraries instanceof LibrarySource.Folder folder) {
            // The same libraries: those of another folder must not join what the failed attempt has already loaded.
            LibrarySource throughCpuBridge = new LibrarySource.Folder(folder.owner(), folder.path(), "cpu");
            return onCpu(throughCpuBridge, fault.get(), start(throughCpuBridge));
        }
        return onCpu(libraries, fault.get(), startFault);
    }

    private static RunDevice onCpu(LibrarySource libraries, String reason, Optional<EngineException> startFault) {
        startFault.ifPresent(fault -> {
            String message = String.valueOf(fault.getMessage());
            throw libraries instanceof LibrarySource.Folder folder && folder.owner() == LibrarySource.Owner.USER
                    ? new InvalidInput(message, "PYTORCH_LIBRARY_PATH", "unset it, or set it to libraries that load")
                    : new IllegalStateException(message + "; './vae doctor' shows more", fault);
        });
        return new RunDevice(Device.cpu(), reason, libraries.toString());
    }

    /** Starts the engine, or finds it running; after a fault the process is able to try another bridge. */
    private static Optional<EngineException> start(LibrarySource libraries) {
        try {
            if (libraries instanceof LibrarySource.BundledJar bundled) {
                startFrom(bundled.jar());
            } else {
                announce(libraries);
                Engine.getEngine("PyTorch");
            }
            return Optional.empty();
        } catch (EngineException | LinkageError | AssertionError | IOException failed) {
            // DJL reports a missing resource by AssertionError.
            Throwable root = failed;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return Optional.of(
                    new EngineException("PyTorch does not start with " + libraries + ": " + firstLine(root), failed));
        }
    }

    /** DJL looks for libraries through the thread's class loader, so one that adds the jar stands in for it. */
    private static void startFrom(Path jar) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader natives = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(natives);
            Engine.getEngine("PyTorch");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void announce(LibrarySource libraries) {
        if (libraries instanceof LibrarySource.Folder folder) {
            System.setProperty("PYTORCH_LIBRARY_PATH", folder.path().toString());
            // Without a flavor DJL looks for a bridge that PyTorch 2.7 no longer has (cpu-precxx11).
            System.setProperty("PYTORCH_FLAVOR", folder.flavor());
            System.setProperty("PYTORCH_VERSION", Probe.torchVersion());
            if (folder.flavor().startsWith("cu") && System.getProperty("jna.library.path") == null) {
                System.setProperty("jna.library.path", cudaFolders(folder.path()));
            }
        } else if (libraries instanceof LibrarySource.Download download) {
            System.setProperty("PYTORCH_FLAVOR", download.flavor());
            String name = Probe.torchVersion() + "-" + download.flavor() + "-" + Probe.thisPlatform();
            makeWay(Utils.getEngineCacheDir("pytorch").resolve(name));
            LOG.info("Downloading PyTorch's {} libraries, once; those for CUDA are several GB", download.flavor());
        }
    }

    /** Where JNA shall look for CUDA's runtime, by which DJL counts GPUs: beside libtorch, or where wheels leave it. */
    private static String cudaFolders(Path torch) {
        Path wheel = torch.resolve("../../nvidia/cuda_runtime/lib").normalize();
        return String.join(File.pathSeparator, torch.toString(), wheel.toString(), "/usr/local/cuda/lib64");
    }

    /**
     * Removes a folder that holds DJL's bridge and no libtorch, as a run with libraries from elsewhere leaves it: DJL
     * would download into a temporary folder and then silently fail to put it in this one's place.
     */
    static void makeWay(Path folder) {
        try {
            if (Files.isDirectory(folder) && TorchFolder.at(folder).isEmpty()) {
                Files.deleteIfExists(folder.resolve(Engine.getDjlVersion() + "-" + System.mapLibraryName("djl_torch")));
                Files.delete(folder);
            }
        } catch (IOException occupied) {
            LOG.warn("{} is in the way of the download; remove it", folder);
        }
    }

    /** What goes wrong on the device, if anything. */
    private static Optional<String> faultOf(Device device) {
        Engine engine = Engine.getEngine("PyTorch");
        if (!engine.hasCapability("CUDA")) {
            return Optional.of("the loaded PyTorch sees no GPU");
        }
        return DeviceTrial.fault(device);
    }

    private static String firstLine(Throwable fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("no message");
    }
}
