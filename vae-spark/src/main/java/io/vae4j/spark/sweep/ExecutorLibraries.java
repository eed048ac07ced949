package io.vae4j.spark.sweep;

import io.vae4j.experiments.run.BuildInfo;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The libraries that an executor was sent, as files: its own processes start with them. */
final class ExecutorLibraries {

    private ExecutorLibraries() {}

    /** Of a class path; where nothing was sent, as with a local master, this process's own. */
    static List<String> classPath() {
        List<String> sent = new ArrayList<>();
        for (ClassLoader loader = BuildInfo.class.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader jars) {
                for (URL jar : jars.getURLs()) {
                    sent.add(path(jar));
                }
            }
        }
        return sent.isEmpty() ? List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)) : sent;
    }

    private static String path(URL jar) {
        try {
            return Path.of(jar.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no file was sent: " + jar, e);
        }
    }
}
