package io.vae4j.experiments.recipe;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Nearest;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.Datasets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What {@code --data} names: a path or, where nothing lies there, a kind of data set that needs none. */
public final class DataArgument {

    private DataArgument() {}

    /**
     * The data set that is meant.
     *
     * @throws InvalidInput if nothing lies there that any kind knows, and no kind is called so
     */
    public static Datasets.Found of(Path argument) {
        if (Files.exists(argument)) {
            return Datasets.at(argument);
        }
        Map<String, DatasetSource> named = RecipeFormat.current().pathless();
        DatasetSource source = named.get(argument.toString());
        if (source != null) {
            return new Datasets.Found(argument.toString(), source);
        }
        throw missing(argument.toString(), named.keySet());
    }

    private static InvalidInput missing(String argument, Set<String> names) {
        return new InvalidInput(
                "there is no such file or folder, and no data set of this name",
                "--data " + argument,
                Nearest.hint(argument, names) + "give --data a path, or one of " + String.join(", ", names));
    }

    /** The source as an override of a recipe, before which others may come and after which others win. */
    public static String override(DatasetSource source) {
        return "data.set=" + Recipes.write(source);
    }
}
