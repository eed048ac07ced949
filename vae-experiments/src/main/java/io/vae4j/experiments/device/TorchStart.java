package io.vae4j.experiments.device;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to start DJL's PyTorch engine; a failed one leaves the process able to try another bridge. */
sealed interface TorchStart {

    /** The engine runs. */
    record Running(Engine engine) implements TorchStart {}

    /** It does not; {@code fault} is one line for people. */
    record Failed(String fault, Throwable cause) implements TorchStart {}

    /** Starts the engine with the libraries of {@code route}, or finds it running already. */
    static TorchStart with(Route route) {
        try {
            if (route instanceof Route.BundledJar bundled) {
                return new Running(fromJar(bundled.jar()));
            }
            announce(route);
            return new Running(engine());
        } catch (EngineException | LinkageError | AssertionError failed) {
            // DJL reports a missing resource by AssertionError.
            return new Failed("PyTorch does not start with " + route + ": " + rootMessage(failed), failed);
        }
    }

    private static Engine engine() {
        return Engine.getEngine("PyTorch");
    }

    private static Engine fromJar(Path jar) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader natives = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(natives);
            return engine();
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
            EngineBuild build = EngineBuild.ofThisMachine();
            makeWay(Utils.getEngineCacheDir("pytorch")
                    .resolve(build.torchVersion() + "-" + download.flavour() + "-" + build.platform()));
            Logger log = LoggerFactory.getLogger(TorchStart.class);
            log.info("Downloading PyTorch's {} libraries, once; those for CUDA are several GB", download.flavour());
        }
    }

    /**
     * Removes a folder that holds DJL's bridge and no libtorch, as a run with libraries from elsewhere leaves it: DJL
     * would download into a temporary folder and then silently fail to put it in this one's place.
     */
    static void makeWay(Path folder) {
        Path bridge = folder.resolve(Engine.getDjlVersion() + "-" + System.mapLibraryName("djl_torch"));
        try {
            if (Files.isDirectory(folder) && TorchFolder.at(folder).isEmpty()) {
                Files.deleteIfExists(bridge);
                Files.delete(folder);
            }
        } catch (IOException occupied) {
            LoggerFactory.getLogger(TorchStart.class).warn("{} is in the way of the download; remove it", folder);
        }
    }

    private static void pointAt(Path folder, String flavour) {
        System.setProperty("PYTORCH_LIBRARY_PATH", folder.toString());
        // Without a flavour DJL looks for a bridge that PyTorch 2.7 no longer has (cpu-precxx11).
        System.setProperty("PYTORCH_FLAVOR", flavour);
        System.setProperty("PYTORCH_VERSION", EngineBuild.ofThisMachine().torchVersion());
        if (flavour.startsWith("cu") && System.getProperty("jna.library.path") == null) {
            CudaRuntime.folderFor(folder)
                    .ifPresent(runtime -> System.setProperty("jna.library.path", runtime.toString()));
        }
    }

    private static String rootMessage(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no message");
    }
}
