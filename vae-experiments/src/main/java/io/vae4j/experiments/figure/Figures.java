package io.vae4j.experiments.figure;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Nearest;
import io.vae4j.experiments.Services;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of this project and of plugins. */
public final class Figures {

    private Figures() {}

    /**
     * All of them, ours first.
     *
     * @throws InvalidInput if two have one name, or a name is none for a file
     */
    public static List<Figure> all() {
        Map<String, Figure> all = new LinkedHashMap<>();
        for (FigureProvider provider : Services.all(FigureProvider.class)) {
            String from = provider.getClass().getName();
            for (Figure figure : Services.ask(provider, FigureProvider::figures)) {
                add(all, figure, from);
            }
        }
        return List.copyOf(all.values());
    }

    private static void add(Map<String, Figure> all, Figure figure, String from) {
        String name = figure.name();
        if (!name.matches("[a-z][a-z0-9-]*")) {
            // it names files
            throw new InvalidInput(
                    "a figure is called '" + name + "'", from, "use lower-case letters, digits and hyphens");
        }
        if (all.putIfAbsent(name, figure) != null) {
            throw new InvalidInput("there is already a figure " + name, from, "give it another name");
        }
    }

    /** @throws InvalidInput if there is none of that name */
    public static Figure named(String name) {
        Optional<Figure> found =
                all().stream().filter(figure -> figure.name().equals(name)).findFirst();
        List<String> names = all().stream().map(Figure::name).toList();
        return found.orElseThrow(() -> new InvalidInput(
                "there is no figure '" + name + "'",
                "figure",
                Nearest.hint(name, names) + "'vae figure --list' shows them"));
    }
}
