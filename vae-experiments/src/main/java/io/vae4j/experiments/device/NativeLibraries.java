package io.vae4j.experiments.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceChoice.IfUnusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
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
 * <p>The CPU libraries lie in a jar that is not on the class path. DJL looks for them through the thread's context
 * class loader, so the engine is started under a loader that adds the jar, and the thread's own loader is put back.
 *
 * <p><b>No CUDA route has been run on a GPU</b>: none was at hand. The CUDA libraries of PyTorch were loaded through
 * {@code PYTORCH_LIBRARY_PATH} on a machine without one, computing on the CPU; what follows from a GPU being there is
 * read from DJL's source, and the first matrix product on the GPU is checked here before a run relies on it.
 */
public final class NativeLibraries {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
    private static final String ENGINE = "PyTorch";

    private NativeLibraries() {}

    /**
     * Looks at this machine, decides and prepares.
     *
     * @throws InvalidInput as {@link DeviceChoice#decide} and {@link #prepare} do
     */
    public static RunDevice prepareFor(DeviceRequest request) {
        return prepare(DeviceChoice.decide(request, Probe.ofThisMachine().facts()));
    }

    /**
     * Starts the engine and returns the device to use.
     *
     * @throws InvalidInput when a GPU was demanded and PyTorch cannot compute on it, or the user's own libraries do not
     *     load
     * @throws IllegalStateException when the libraries of this build do not load
     */
    public static RunDevice prepare(DeviceChoice choice) {
        // DJL would report its start to its makers when run in Amazon's cloud, and wait for an answer elsewhere.
        setUnlessSet("OPT_OUT_TRACKING", "true");
        Engine engine = start(choice.route());
        String libraries = choice.route().toString();
        if (choice instanceof DeviceChoice.Gpu gpu) {
            return onGpu(engine, gpu);
        }
        return new RunDevice(Device.cpu(), choice.reason(), libraries);
    }

    private static RunDevice onGpu(Engine engine, DeviceChoice.Gpu choice) {
        Device device = Device.gpu(choice.index());
        String libraries = choice.route().toString();
        Optional<String> fault = faultOf(engine, device);
        if (fault.isEmpty()) {
            return new RunDevice(device, choice.reason(), libraries);
        }
        String reason = choice.reason() + " found, but PyTorch cannot compute on it: " + fault.get();
        if (choice.ifUnusable() == IfUnusable.REFUSE) {
            throw new InvalidInput(
                    reason, "--device", "check that the driver supports these CUDA libraries, or use --device cpu");
        }
        return new RunDevice(Device.cpu(), reason, libraries);
    }

    /** What goes wrong with a small matrix product on the device, if anything. */
    private static Optional<String> faultOf(Engine engine, Device device) {
        if (!engine.hasCapability("CUDA")) {
            return Optional.of("the loaded PyTorch sees no GPU");
        }
        try (NDManager manager = engine.newBaseManager(device);
                NDArray ones = manager.ones(new Shape(4, 4));
                NDArray product = ones.matMul(ones);
                NDArray sum = product.sum()) {
            float total = sum.getFloat();
            return total == 64f ? Optional.empty() : Optional.of("a matrix product gives " + total + ", not 64");
        } catch (EngineException refused) {
            return Optional.of(firstLine(refused));
        }
    }

    private static Engine start(Route route) {
        try {
            if (route instanceof Route.BundledJar bundled) {
                return startWith(bundled.jar());
            }
            announce(route);
            return Engine.getEngine(ENGINE);
        } catch (EngineException | LinkageError | AssertionError failed) {
            // DJL reports a missing resource by AssertionError.
            throw startFailure(route, failed);
        }
    }

    private static Engine startWith(Path jar) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader natives = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(natives);
            return Engine.getEngine(ENGINE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The CPU libraries cannot be read: " + jar, unreadable);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void announce(Route route) {
        if (route instanceof Route.UserLibraries libraries) {
            pointAt(libraries.folder(), libraries.flavour());
        } else if (route instanceof Route.CachedLibraries libraries) {
            pointAt(libraries.folder(), libraries.flavour());
        } else if (route instanceof Route.Download download) {
            System.setProperty("PYTORCH_FLAVOR", download.flavour());
            LOG.info("Downloading PyTorch's {} libraries, once; CUDA's are several GB", download.flavour());
        }
    }

    private static void pointAt(Path folder, String flavour) {
        System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
        // Without a flavour DJL looks for a bridge that PyTorch 2.7 no longer has (cpu-precxx11).
        System.setProperty("PYTORCH_FLAVOR", flavour);
        System.setProperty("PYTORCH_VERSION", EngineBuild.ofThisMachine().torchVersion());
        if (flavour.startsWith("cu")) {
            CudaRuntime.folderFor(folder).ifPresent(runtime -> setUnlessSet("jna.library.path", runtime.toString()));
        }
    }

    private static RuntimeException startFailure(Route route, Throwable failed) {
        String what = "PyTorch does not start with " + route + ": " + firstLine(rootOf(failed));
        return route instanceof Route.UserLibraries
                ? new InvalidInput(what, "PYTORCH_LIBRARY_PATH", "unset it, or set it to libraries that load")
                : new IllegalStateException(what + "; './vae doctor' shows more", failed);
    }

    private static Throwable rootOf(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(Throwable failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("no message");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
