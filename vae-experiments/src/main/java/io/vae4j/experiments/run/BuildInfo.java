package io.vae4j.experiments.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Which vae4j this is. */
public final class BuildInfo {

    private static final String FILE = "/io/vae4j/experiments/version.properties";

    private BuildInfo() {}

    /** The version of this build, written by Maven. */
    public static String version() {
        try (InputStream in = BuildInfo.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing from the jar");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The revision of the sources that the launcher was started from, marked when they were changed since. */
    public static Optional<String> gitRevision() {
        String home = System.getProperty("vae4j.home", "");
        if (home.isEmpty()) {
            return Optional.empty();
        }
        try {
            Process git = new ProcessBuilder("git", "-C", home, "describe", "--always", "--dirty", "--abbrev=12")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String revision = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean known = git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0;
            return known ? Optional.of(revision) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no git here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
