package io.vae4j.experiments.device;

import ai.djl.util.Utils;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gathers the {@link Facts} of a real machine. Looking changes nothing, and starts no engine.
 *
 * @param driver asked for the cards
 * @param engine asked for versions and flavours
 * @param variables environment variables, and system properties under the same names
 * @param cache DJL's folder of unpacked engines
 * @param natives the folder where the build leaves the CPU libraries
 */
record Probe(NvidiaDriver driver, EngineBuild engine, Variables variables, Path cache, Optional<Path> natives) {

    /** The system property by which the launcher names the folder of CPU libraries. */
    static final String NATIVES = "vae4j.natives";

    /** The value of a variable; one that is set to nothing counts as unset, as DJL has it. */
    @FunctionalInterface
    interface Variables {
        Optional<String> value(String name);
    }

    static Probe ofThisMachine() {
        return new Probe(
                NvidiaDriver.ofThisMachine(),
                EngineBuild.ofThisMachine(),
                name -> Optional.ofNullable(Utils.getEnvOrSystemProperty(name)).filter(value -> !value.isBlank()),
                Utils.getEngineCacheDir("pytorch"),
                bundledFolder());
    }

    Facts facts() {
        String version = engine.torchVersion();
        Optional<String> cuda = engine.cudaFlavour();
        TorchSettings settings = new TorchSettings(
                variables.value("PYTORCH_LIBRARY_PATH"),
                variables.value("PYTORCH_FLAVOR"),
                variables.value("PYTORCH_VERSION"));
        return new Facts(
                engine.platform(),
                version,
                cuda,
                // Set to nothing, this one hides every card, so the rule for the other variables is wrong for it.
                driver.gpus(Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES"))),
                settings,
                settings.libraryPath().flatMap(TorchFolder::onPath),
                engine.nativeFlavours(),
                bundledCpuJar(),
                cuda.flatMap(flavour -> cached(version, flavour)),
                cached(version, "cpu"),
                new PublishedLibraries(version));
    }

    private Optional<Path> bundledCpuJar() {
        return natives.stream()
                .flatMap(folder -> entries(folder, "pytorch-native-cpu-", engine.platform() + ".jar"))
                .findFirst();
    }

    /**
     * DJL names its folders VERSION[-DATE]-FLAVOUR-PLATFORM, and moves them into place only when complete; but it also
     * puts the bridge to libraries from elsewhere into a folder of such a name, which then holds nothing else.
     */
    private Optional<TorchFolder> cached(String version, String flavour) {
        return entries(cache, version, "-" + flavour + "-" + engine.platform())
                .flatMap(folder -> TorchFolder.at(folder).stream())
                .findFirst();
    }

    /** The entries of a folder so named, newest version or date first. */
    private static Stream<Path> entries(Path folder, String prefix, String suffix) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries
                    .filter(entry ->
                            named(entry).startsWith(prefix) && named(entry).endsWith(suffix))
                    .sorted(Comparator.comparing(Probe::named).reversed())
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static String named(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Named by the launcher, else {@code natives} in the build folder that this class was loaded from. */
    private static Optional<Path> bundledFolder() {
        String named = System.getProperty(NATIVES);
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        try {
            Path code = Path.of(Probe.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.ofNullable(code.getParent()).map(build -> build.resolve("natives"));
        } catch (URISyntaxException unusual) {
            return Optional.empty();
        }
    }
}
