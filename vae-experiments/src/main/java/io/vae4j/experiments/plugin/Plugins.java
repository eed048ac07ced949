package io.vae4j.experiments.plugin;

import io.vae4j.experiments.ExtensionPoints;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import io.vae4j.experiments.data.DatasetProvider;
import io.vae4j.experiments.recipe.RecipeParts;
import io.vae4j.experiments.run.Manifest.PluginRecord;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jars with parts, data sets, metrics or figures of one's own. A plugin is a jar that provides one of our services by
 * Java's ServiceLoader; it may also simply stand on the class path.
 */
public final class Plugins {

    /** Where a complete recipe says of which kind a part is. */
    private static final Pattern KIND = Pattern.compile("(?m)^[ -]*kind: \"?([^\"\\r\\n]+)");

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
        List<PluginJar> plugins = distinct(jars).stream().map(PluginJar::open).toList();
        plugins.forEach(plugin -> plugin.requireService(ExtensionPoints.ALL));
        requireNames(plugins);
        ClassLoader parent = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new Loader(plugins, parent));
        present();
    }

    /** The jars that were loaded for the current thread. */
    public static List<Path> jars() {
        return Thread.currentThread().getContextClassLoader() instanceof Loader loader ? loader.jars : List.of();
    }

    /** One that is named twice, as by the variable and by the command line, is one. */
    private static Collection<Path> distinct(List<Path> jars) {
        Map<Path, Path> byPlace = new LinkedHashMap<>();
        jars.forEach(jar -> byPlace.putIfAbsent(place(jar), jar));
        return byPlace.values();
    }

    /** Where a path leads to through links, if it leads anywhere. */
    private static Path place(Path jar) {
        try {
            return jar.toRealPath();
        } catch (IOException e) {
            return jar;
        }
    }

    private static void requireNames(List<PluginJar> plugins) {
        Map<String, Path> byName = new HashMap<>();
        for (PluginJar plugin : plugins) {
            Path other = byName.putIfAbsent(plugin.record().name(), plugin.path());
            if (other != null) {
                throw new InvalidInput(
                        "two plugins have the name " + plugin.record().name(),
                        other + " and " + plugin.path(),
                        "leave one of them away");
            }
        }
    }

    /** Finds the classes of plugins. */
    private static final class Loader extends URLClassLoader {

        private final List<Path> jars;

        Loader(List<PluginJar> plugins, ClassLoader parent) {
            super(plugins.stream().map(PluginJar::url).toArray(URL[]::new), parent);
            jars = plugins.stream().map(PluginJar::path).toList();
        }
    }

    /** The plugins that are there: whoever provides a service and is not this project. */
    public static List<PluginRecord> present() {
        return providers().keySet().stream().map(PluginJar::recordOf).toList();
    }

    /** The plugins that are there, for a run's manifest. Its recipe needs those whose kinds it names. */
    public static List<PluginRecord> recorded(String recipe) {
        Set<String> named =
                KIND.matcher(recipe).results().map(match -> match.group(1)).collect(Collectors.toSet());
        return providers().entrySet().stream()
                .map(plugin -> recorded(
                        PluginJar.recordOf(plugin.getKey()),
                        plugin.getValue().stream()
                                .flatMap(provider -> Services.ask(provider, Plugins::kinds))
                                .anyMatch(named::contains)))
                .toList();
    }

    private static PluginRecord recorded(PluginRecord plugin, boolean needed) {
        return new PluginRecord(plugin.name(), plugin.version(), plugin.sha256(), Optional.of(needed));
    }

    /** The names of the kinds that a provider brings. */
    private static Stream<String> kinds(Object provider) {
        List<String> names = new ArrayList<>();
        if (provider instanceof RecipeParts parts) {
            parts.register(new RecipeParts.Registry() {
                @Override
                public <P> void add(Class<P> part, String kind, Class<? extends P> type) {
                    names.add(kind);
                }
            });
        } else if (provider instanceof DatasetProvider data) {
            names.add(data.kind());
        }
        return names.stream();
    }

    /** The providers of each plugin. */
    private static Map<Path, List<Object>> providers() {
        Map<Path, List<Object>> byOrigin = new LinkedHashMap<>();
        for (Class<?> service : ExtensionPoints.ALL) {
            for (Object provider : Services.all(service)) {
                origin(provider)
                        .ifPresent(jar -> byOrigin.computeIfAbsent(jar, known -> new ArrayList<>())
                                .add(provider));
            }
        }
        return byOrigin;
    }

    /**
     * Refuses to go on without a plugin that a run's recipe needs. Of older runs that is every one that was there.
     *
     * @param run names it in the message
     */
    public static void require(List<PluginRecord> recorded, Path run) {
        List<String> names = present().stream().map(PluginRecord::name).toList();
        for (PluginRecord plugin : recorded) {
            if (plugin.needed().orElse(true) && !names.contains(plugin.name())) {
                throw new InvalidInput(
                        "the run needs the plugin " + plugin.name() + " (" + plugin.version() + ")",
                        run.toString(),
                        "give its jar: ./vae --plugin JAR ...");
            }
        }
    }

    /** The jar or folder that a provider's class came from; empty for those of this project. */
    private static Optional<Path> origin(Object provider) {
        Optional<Path> own = PluginJar.location(Plugins.class);
        Optional<Path> theirs = PluginJar.location(provider.getClass());
        return own.equals(theirs) ? Optional.empty() : theirs.filter(Files::exists);
    }
}
