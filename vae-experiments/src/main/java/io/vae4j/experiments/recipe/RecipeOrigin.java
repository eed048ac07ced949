package io.vae4j.experiments.recipe;

import io.vae4j.experiments.InvalidInput;
import java.util.List;

/**
 * Where the values of a recipe come from, for messages.
 *
 * @param recipe its name or file
 * @param overrides {@code key=value}, the later ones over the earlier
 */
record RecipeOrigin(String recipe, List<String> overrides) {

    /** Who gave the value of a key: the latest override of it or of what it is part of, or else the recipe. */
    String of(String key) {
        return overrides.stream()
                .filter(override -> (key + ".").startsWith(keyOf(override) + "."))
                .reduce((earlier, later) -> later)
                .map(override -> "--set " + override)
                .orElse(recipe + ", " + key);
    }

    private static String keyOf(String override) {
        return override.substring(0, Math.max(0, override.indexOf('=')));
    }

    /** A fault of which a record knows no more than the key, with which its message begins. */
    InvalidInput locate(InvalidInput fault) {
        return fault.where().equals(KeyChecks.RECIPE) ? fault.at(of(fault.what().split(" ", 2)[0])) : fault;
    }
}
