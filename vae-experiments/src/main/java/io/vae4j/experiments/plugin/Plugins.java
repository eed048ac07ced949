package io.vae4j.experiments.plugin;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import io.vae4j.experiments.data.DatasetProvider;
import io.vae4j.experiments.recipe.RecipeParts;
import io.vae4j.experiments.run.Manifest.PluginRecord;
import io.vae4j.experiments.run.MetricProvider;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Jars with parts, data sets or metrics of one's own. A plugin is a jar that provides one of our services by Java's
 * ServiceLoader; it may also simply stand on the class path.
 */
public final class Plugins {

    private static final List<Class<?>> SERVICES =
            List.of(RecipeParts.class, DatasetProvider.class, MetricProvider.class);

    private Plugins() {}

    /**
     * The jars that a variable lists, separated as in a class path.
     *
     * @throws InvalidInput if an entry can be no path
     */
    public static List<Path> listed(String variable) {
        return Stream.of(variable.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isBlank())
                .map(Plugins::path)
                .toList();
    }

    private static Path path(String entry) {
        try {
            return Path.of(entry);
        } catch (InvalidPathException e) {
            throw new InvalidInput("this is no path: " + e.getReason(), "VAE_PLUGINS", "list jars in it");
        }
    }

    /**
     * Loads plugins for the current thread and those that it starts.
     *
     * @throws InvalidInput if a jar cannot be read, is no plugin, has the name of another one, or throws while it loads
     */
    public static void load(List<Path> jars) {
        if (jars.isEmpty()) {
            return;
        }
        Map<String, Path> byName = new LinkedHashMap<>();
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            PluginJar plugin = PluginJar.open(jar);
            plugin.requireService(SERVICES);
            Path other = byName.putIfAbsent(plugin.record().name(), jar);
            if (other != null) {
                throw new InvalidInput(
                        "two plugins have the name " + plugin.record().name(),
                        other + " and " + jar,
                        "leave one of them away");
            }
            urls.add(plugin.url());
        }
        ClassLoader parent = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new URLClassLoader(urls.toArray(URL[]::new), parent));
        present();
    }

    /** The plugins that are there: whoever provides a service and is not this project. */
    public static List<PluginRecord> present() {
        Map<Path, PluginRecord> found = new LinkedHashMap<>();
        SERVICES.stream()
                .flatMap(service -> Services.all(service).stream())
                .flatMap(Plugins::origin)
                .forEach(origin -> found.computeIfAbsent(origin, PluginJar::recordOf));
        return List.copyOf(found.values());
    }

    /**
     * Refuses to go on without a plugin that a run was made with.
     *
     * @param run names it in the message
     */
    public static void require(List<PluginRecord> needed, Path run) {
        List<String> names = present().stream().map(PluginRecord::name).toList();
        for (PluginRecord plugin : needed) {
            if (!names.contains(plugin.name())) {
                throw new InvalidInput(
                        "the run needs the plugin " + plugin.name() + " " + plugin.version(),
                        run.toString(),
                        "give its jar: ./vae --plugin JAR ...");
            }
        }
    }

    /** The jar or folder that a provider's class came from; empty for those of this project. */
    private static Stream<Path> origin(Object provider) {
        Optional<Path> own = PluginJar.location(Plugins.class);
        Optional<Path> theirs = PluginJar.location(provider.getClass());
        return own.equals(theirs) ? Stream.empty() : theirs.filter(Files::exists).stream();
    }
}
