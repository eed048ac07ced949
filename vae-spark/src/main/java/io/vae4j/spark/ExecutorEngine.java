package io.vae4j.spark;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.run.BuildInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;

/**
 * The one engine of an executor process, whatever the number of its tasks. It is started by the first task that needs
 * it, with the libraries that the driver has sent, and computes for one task at a time: PyTorch's generator of noise is
 * one for the whole process, and is set to a row's noise before each draw.
 */
public final class ExecutorEngine {

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<DeviceRequest, RunDevice> STARTED = new HashMap<>();

    private ExecutorEngine() {}

    /**
     * The device of this process, with the engine started; to be called by a task.
     *
     * @throws InvalidInput if the device cannot be had here
     */
    public static RunDevice start(DeviceRequest request) {
        return alone(() -> STARTED.computeIfAbsent(request, ExecutorEngine::prepared));
    }

    /** Computes while no other task of this process does. */
    public static <T> T alone(Supplier<T> computation) {
        LOCK.lock();
        try {
            return computation.get();
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * Refuses to work for a driver of another version.
     *
     * @param version of the driver
     */
    public static void requireVersion(String version) {
        if (!BuildInfo.version().equals(version)) {
            throw new InvalidInput(
                    "an executor has vae4j " + BuildInfo.version() + " and the driver " + version,
                    SparkEnv.get().executorId() + ", "
                            + BuildInfo.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation(),
                    "take vae4j out of Spark's jars and of spark.executor.extraClassPath: the driver brings its own");
        }
    }

    private static RunDevice prepared(DeviceRequest request) {
        setUnlessSet("ai.djl.pytorch.num_threads", SparkEnv.get().conf().get("spark.task.cpus", "1"));
        Path sent = Path.of(SparkFiles.getRootDirectory());
        if (Files.isDirectory(sent)) {
            setUnlessSet("vae4j.natives", sent.toString());
        }
        return NativeLibraries.prepareFor(request);
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
