package io.vae4j.experiments.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;

/**
 * What the DJL on the class path says about itself, read from its resources.
 *
 * <p>DJL's own {@code Platform} is not asked: it looks for CUDA's runtime once and for all when first touched, and that
 * must not happen before {@link NativeLibraries} has said where the runtime is.
 */
record EngineBuild(ClassLoader loader, String platform) {

    static EngineBuild ofThisMachine() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new EngineBuild(context == null ? EngineBuild.class.getClassLoader() : context, hostPlatform());
    }

    /** The version of libtorch that the engine is built for. */
    String torchVersion() {
        return properties("pytorch-engine.properties").stream()
                .map(entries -> entries.getProperty("pytorch_version"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("DJL's PyTorch engine is not on the class path"));
    }

    /** The flavours of the native jars on the class path that are made for this platform. */
    List<String> nativeFlavours() {
        return properties("native/lib/pytorch.properties").stream()
                .filter(entries -> platform.equals(entries.getProperty("classifier")))
                .map(entries -> entries.getProperty("flavor", "cpu"))
                .toList();
    }

    /** The newest CUDA flavour among the bridges in DJL's JNI jar, if it has one for this platform. */
    Optional<String> cudaFlavour() {
        URL jni = loader.getResource("jnilib/pytorch.properties");
        if (jni == null) {
            return Optional.empty();
        }
        String prefix = "jnilib/" + platform + "/cu";
        try {
            if (!(jni.openConnection() instanceof JarURLConnection connection)) {
                return Optional.empty();
            }
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                return jar.stream()
                        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
                        .map(entry -> entry.getName().split("/", -1)[2])
                        .max(Comparator.naturalOrder());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("DJL's JNI jar cannot be read", unreadable);
        }
    }

    private List<Properties> properties(String resource) {
        List<Properties> found = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(resource))) {
                try (InputStream in = url.openStream()) {
                    Properties entries = new Properties();
                    entries.load(in);
                    found.add(entries);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The class path cannot be read", unreadable);
        }
        return found;
    }

    private static String hostPlatform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("win") ? "win" : name.startsWith("mac") ? "osx" : "linux";
        String architecture = System.getProperty("os.arch");
        return system + "-" + ("amd64".equals(architecture) ? "x86_64" : architecture);
    }
}
