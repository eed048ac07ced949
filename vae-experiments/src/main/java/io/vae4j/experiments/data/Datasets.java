package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The kinds of data sets of this project and of plugins. */
public final class Datasets {

    private Datasets() {}

    /** All kinds, ours first. */
    public static List<DatasetProvider> providers() {
        return Services.all(DatasetProvider.class);
    }

    /** What was found at a path. */
    public record Found(String kind, DatasetSource source) {}

    /**
     * What lies at a path.
     *
     * @throws InvalidInput if there is nothing, or nothing that any kind knows
     */
    public static Found at(Path path) {
        if (!Files.exists(path)) {
            throw new InvalidInput("there is no such file or folder", path.toString(), "give --data what is there");
        }
        Path absolute = path.toAbsolutePath().normalize();
        return providers().stream()
                .flatMap(
                        provider -> Services.ask(provider, asked -> asked.at(absolute))
                                .map(source -> new Found(provider.kind(), source))
                                .stream())
                .findFirst()
                .orElseThrow(() -> new InvalidInput("this is no data set that is known", path.toString(), remedy()));
    }

    private static String remedy() {
        return "looked for "
                + providers().stream()
                        .filter(provider -> !provider.looksFor().isEmpty())
                        .map(provider -> provider.looksFor() + " (" + provider.kind() + ")")
                        .collect(Collectors.joining("; "))
                + "; see docs/your-own-data.md";
    }

    /**
     * For sources that a run or a recipe names: their file may be gone by the time that it is read.
     *
     * @throws InvalidInput if there is nothing at the path
     */
    static void requireThere(Path path) {
        if (!Files.exists(path)) {
            throw new InvalidInput(
                    "the data are gone: there is no such file or folder",
                    path.toString(),
                    "give --data PATH of where they are now");
        }
    }
}
