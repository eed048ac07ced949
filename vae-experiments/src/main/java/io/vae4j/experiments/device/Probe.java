package io.vae4j.experiments.device;

import ai.djl.util.Utils;
import io.vae4j.experiments.TimedDownload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Gathers the {@link DeviceFacts} of a real machine. Looking changes nothing, and starts no engine: DJL's own
 * {@code Platform} looks for CUDA once and for all when first touched, before it was told where CUDA is.
 *
 * @param platform as DJL writes it, such as {@code linux-x86_64}
 * @param variables environment variables, and system properties under the same names; one set to nothing is unset
 * @param cache DJL's folder of unpacked engines
 * @param natives the folder where the build leaves the CPU libraries
 */
record Probe(String platform, Function<String, Optional<String>> variables, Path cache, Path natives) {

    /** The CUDA build that this version of DJL comes with, where it comes with one. */
    private static final String CUDA = "cu128";

    private static final ClassLoader LOADER = Probe.class.getClassLoader();

    static Probe ofThisMachine() {
        return new Probe(
                thisPlatform(),
                name -> Optional.ofNullable(Utils.getEnvOrSystemProperty(name)).filter(value -> !value.isBlank()),
                Utils.getEngineCacheDir("pytorch"),
                bundledFolder());
    }

    static String thisPlatform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("win") ? "win" : name.startsWith("mac") ? "osx" : "linux";
        return system + "-" + System.getProperty("os.arch").replace("amd64", "x86_64");
    }

    /** The version of libtorch that DJL's engine is built for. */
    static String torchVersion() {
        return property("pytorch-engine.properties", "pytorch_version")
                .orElseThrow(() -> new IllegalStateException("DJL's PyTorch engine is not on the class path"));
    }

    DeviceFacts facts() {
        String version = torchVersion();
        String bridge = "jnilib/" + platform + "/" + CUDA + "/" + System.mapLibraryName("djl_torch");
        Optional<String> libraryPath = variables.apply("PYTORCH_LIBRARY_PATH");
        return new DeviceFacts(
                platform,
                version,
                Optional.of(CUDA).filter(flavor -> LOADER.getResource(bridge) != null),
                // Set to nothing, this one hides every card, so the rule for the other variables is wrong for it.
                NvidiaGpus.ofThisMachine(Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES"))),
                new DeviceFacts.Settings(
                        libraryPath, variables.apply("PYTORCH_FLAVOR"), variables.apply("PYTORCH_VERSION")),
                libraryPath.flatMap(TorchFolder::onPath),
                property("native/lib/pytorch.properties", "classifier")
                        .filter(platform::equals)
                        .isPresent(),
                newest(natives, "pytorch-native-cpu-", platform + ".jar").findFirst(),
                cached(version, CUDA),
                cached(version, "cpu"),
                () -> downloadObstacle(version));
    }

    private static Optional<String> property(String resource, String name) {
        URL found = LOADER.getResource(resource);
        if (found == null) {
            return Optional.empty();
        }
        try (InputStream in = found.openStream()) {
            Properties entries = new Properties();
            entries.load(in);
            return Optional.ofNullable(entries.getProperty(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(found + " cannot be read", unreadable);
        }
    }

    /**
     * DJL names its folders VERSION[-DATE]-FLAVOR-PLATFORM, and moves them into place only when complete; but it also
     * puts the bridge to libraries from elsewhere into a folder of such a name, which then holds nothing else.
     */
    private Optional<Path> cached(String version, String flavor) {
        return newest(cache, version, "-" + flavor + "-" + platform)
                .filter(folder -> TorchFolder.at(folder).isPresent())
                .findFirst();
    }

    private static Stream<Path> newest(Path folder, String prefix, String suffix) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries
                    .filter(entry -> String.valueOf(entry.getFileName()).startsWith(prefix))
                    .filter(entry -> entry.toString().endsWith(suffix))
                    .sorted(Comparator.reverseOrder())
                    .toList()
                    .stream();
        } catch (IOException absent) {
            return Stream.empty();
        }
    }

    private static Optional<String> downloadObstacle(String version) {
        URI index = URI.create("https://publish.djl.ai/pytorch/" + version + "/files.txt");
        try {
            TimedDownload.read(index, Duration.ofSeconds(6), InputStream::read);
            return Optional.empty();
        } catch (IOException silent) {
            return Optional.of(
                    Utils.isOfflineMode() ? "DJL is set to offline" : index.getHost() + " cannot be reached");
        }
    }

    /** Named by the launcher, else {@code natives} in the build folder that this class was loaded from. */
    private static Path bundledFolder() {
        URL code = Probe.class.getProtectionDomain().getCodeSource().getLocation();
        String named = System.getProperty("vae4j.natives");
        return named == null ? Path.of(URI.create(code.toString())).resolveSibling("natives") : Path.of(named);
    }
}
