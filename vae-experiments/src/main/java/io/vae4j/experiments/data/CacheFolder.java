package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Decides where data are kept for every run on this machine.
 *
 * @param environment the environment's variables
 * @param home the user's home folder
 */
public record CacheFolder(Map<String, String> environment, Path home) {

    private static final String OWN = "VAE4J_CACHE";
    private static final String XDG = "XDG_CACHE_HOME";
    private static final String WINDOWS = "LOCALAPPDATA";
    private static final String NAME = "vae4j";

    /** As the process that runs sees it. */
    public static CacheFolder ofProcess() {
        return new CacheFolder(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    /**
     * The folder, absolute; it need not exist: {@code $VAE4J_CACHE}, else {@code $XDG_CACHE_HOME/vae4j}, else
     * {@code %LOCALAPPDATA%\vae4j} (a variable that only Windows sets), else {@code ~/.cache/vae4j}.
     *
     * @throws InvalidInput if a variable holds no path
     */
    public Path path() {
        return variable(OWN)
                .or(() -> shared(XDG))
                .or(() -> shared(WINDOWS))
                .orElseGet(() -> home.resolve(".cache").resolve(NAME))
                .toAbsolutePath()
                .normalize();
    }

    private Optional<Path> shared(String name) {
        // The XDG specification says that a relative path is to be ignored.
        return variable(name).filter(Path::isAbsolute).map(folder -> folder.resolve(NAME));
    }

    private Optional<Path> variable(String name) {
        String value = environment.getOrDefault(name, "");
        try {
            return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
        } catch (InvalidPathException e) {
            throw new InvalidInput("not a path: " + value, "environment variable " + name, "set it to a folder");
        }
    }
}
