package io.vae4j.experiments.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceChoice.IfUnusable;
import java.util.Optional;

/**
 * Carries out a {@link DeviceChoice}: starts DJL's engine with the libraries that the choice names.
 *
 * <p>Must come before anything else touches DJL's engine, since libraries are loaded once per process. Preparing again
 * in the same process keeps the libraries that are loaded.
 *
 * <p>The CPU libraries lie in a jar that is not on the class path. DJL looks for them through the thread's context
 * class loader, so the engine is started under a loader that adds the jar, and the thread's own loader is put back.
 *
 * <p><b>No CUDA route has been run on a GPU</b>: none was at hand. PyTorch's CUDA libraries were loaded through
 * {@code PYTORCH_LIBRARY_PATH} on a machine without one, where they computed on the CPU and DJL's search for CUDA's
 * runtime succeeded; what follows from a GPU being there is read from DJL's source. Hence a matrix product on the GPU
 * is checked here before a run relies on it.
 */
public final class NativeLibraries {

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
     * @throws IllegalStateException when other libraries do not load
     */
    public static RunDevice prepare(DeviceChoice choice) {
        // DJL would report its start to its makers from Amazon's cloud, and look for that cloud everywhere else.
        if (System.getProperty("OPT_OUT_TRACKING") == null) {
            System.setProperty("OPT_OUT_TRACKING", "true");
        }
        TorchStart start = TorchStart.with(choice.route());
        if (choice instanceof DeviceChoice.Gpu gpu) {
            return start instanceof TorchStart.Running running ? tried(running.engine(), gpu) : withoutGpu(start, gpu);
        }
        return onCpu(start, choice.reason(), choice.route());
    }

    private static RunDevice onCpu(TorchStart start, String reason, Route route) {
        if (start instanceof TorchStart.Failed failed) {
            throw route instanceof Route.UserLibraries
                    ? new InvalidInput(
                            failed.fault(), "PYTORCH_LIBRARY_PATH", "unset it, or set it to libraries that load")
                    : new IllegalStateException(failed.fault() + "; './vae doctor' shows more", failed.cause());
        }
        return new RunDevice(Device.cpu(), reason, route.toString());
    }

    private static RunDevice tried(Engine engine, DeviceChoice.Gpu choice) {
        Device device = Device.gpu(choice.index());
        Optional<String> fault = faultOf(engine, device);
        if (fault.isEmpty()) {
            return new RunDevice(device, choice.reason(), choice.route().toString());
        }
        String reason = choice.reason() + " found, but PyTorch cannot compute on it: " + fault.get();
        if (choice.ifUnusable() == IfUnusable.REFUSE) {
            throw refused(reason);
        }
        return new RunDevice(Device.cpu(), reason, choice.route().toString());
    }

    private static RunDevice withoutGpu(TorchStart start, DeviceChoice.Gpu choice) {
        String fault = ((TorchStart.Failed) start).fault();
        if (choice.ifUnusable() == IfUnusable.REFUSE) {
            throw refused(fault);
        }
        // Libraries of another folder must not join those that the failed attempt has already loaded.
        Route route = throughCpuBridge(choice.route());
        return onCpu(route.equals(choice.route()) ? start : TorchStart.with(route), fault, route);
    }

    private static Route throughCpuBridge(Route route) {
        if (route instanceof Route.UserLibraries libraries) {
            return new Route.UserLibraries(libraries.folder(), "cpu");
        }
        return route instanceof Route.CachedLibraries libraries
                ? new Route.CachedLibraries(libraries.folder(), "cpu")
                : route;
    }

    private static InvalidInput refused(String reason) {
        return new InvalidInput(
                reason, "--device", "check that the driver supports these CUDA libraries, or use --device cpu");
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
            return Optional.of(
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse("no message"));
        }
    }
}
