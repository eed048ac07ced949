package io.vae4j.spark;

import ai.djl.util.Utils;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.ProcessLock;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.device.NativeLibraries;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.run.BuildInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one engine of an executor process, whatever the number of its tasks. It is started by the first task that needs
 * it, with the libraries that the driver has sent, and computes for one task at a time: PyTorch's generator of noise is
 * one for the whole process, and is set to a row's noise before each draw.
 */
public final class ExecutorEngine {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorEngine.class);
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<DeviceRequest, RunDevice> STARTED = new HashMap<>();

    /** What Spark calls the executor of a local master, which is in the driver's process. */
    private static final String DRIVER = "driver";

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
                    "executor " + SparkEnv.get().executorId() + ", "
                            + BuildInfo.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation(),
                    "take vae4j out of Spark's own jars and of spark.executor.extraClassPath: the driver brings it");
        }
    }

    private static RunDevice prepared(DeviceRequest request) {
        setUnlessSet("ai.djl.pytorch.num_threads", SparkEnv.get().conf().get("spark.task.cpus", "1"));
        if (!SparkEnv.get().executorId().equals(DRIVER)) {
            setUnlessSet("vae4j.natives", SparkFiles.getRootDirectory());
        }
        try {
            return startedAlone(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** DJL unpacks its libraries for the whole machine, where other executors start as well. */
    private static RunDevice startedAlone(DeviceRequest request) throws IOException {
        Path cache = Files.createDirectories(Utils.getEngineCacheDir("pytorch"));
        ProcessLock unpacking = ProcessLock.ofCache(cache, "vae4j.lock", LOG::info);
        try {
            return NativeLibraries.prepareFor(request);
        } finally {
            unpacking.close();
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
