package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Metrics;
import io.vae4j.experiments.sweep.Event.RunName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A sweep whose recipe is known to the last key.
 *
 * @param name of the recipe, from which those of its runs are made
 * @param base the recipe that settings are set over, complete, as YAML
 */
record SweepPlan(SweepSpec spec, String name, String base) {

    /**
     * Resolves what a sweep says.
     *
     * @param nameOrFile of the recipe
     * @param where names the sweep in messages
     * @param completion what the recipe has besides, such as data that were named on the command line
     * @throws InvalidInput if a key or a value does not fit the recipe, or there is nothing to choose by
     */
    static SweepPlan of(SweepSpec spec, String nameOrFile, String where, UnaryOperator<Recipe> completion) {
        Recipe recipe =
                placed(where + ", set", () -> completion.apply(Recipes.find(nameOrFile, overrides(spec.set()))));
        SweepPlan plan = new SweepPlan(spec, Recipes.nameOf(nameOrFile), Recipes.write(recipe));
        plan.requireKnownMetric(where);
        spec.vary().forEach((key, dimension) -> plan.requireKey(where, key, dimension));
        placed(where, () -> {
            spec.search().check(spec.space(), recipe.train().epochs());
            return recipe;
        });
        return plan;
    }

    /** A fault with a place in the sweep, where it has none or only that of an override that nobody wrote. */
    private static Recipe placed(String where, Supplier<Recipe> recipe) {
        try {
            return recipe.get();
        } catch (InvalidInput fault) {
            boolean nowhere =
                    fault.where().equals(SweepFile.VALUES) || fault.where().startsWith("--set");
            throw nowhere ? fault.at(where) : fault;
        }
    }

    private void requireKnownMetric(String where) {
        String metric = spec.goal().metric();
        List<String> known = Metrics.all().stream().map(Metric::key).toList();
        if (!known.contains(metric)) {
            throw new InvalidInput(
                    "there is no metric '" + metric + "'",
                    where + (spec.maximize().isPresent() ? ", maximize" : ", minimize"),
                    "give one of " + known);
        }
    }

    /** One value of a key may be impossible without others; if all of them are, the key is wrong. */
    private void requireKey(String where, String key, Dimension dimension) {
        List<JsonNode> values = dimension.points().orElseGet(() -> List.of(dimension.at(0), dimension.at(0.999_999)));
        InvalidInput last = null;
        for (JsonNode value : values) {
            try {
                recipe(Map.of(key, value));
                return;
            } catch (InvalidInput fault) {
                last = fault;
            }
        }
        if (last != null) {
            throw last.at(where + ", vary." + key);
        }
    }

    /**
     * The recipe of a setting.
     *
     * @throws InvalidInput if there is none
     */
    Recipe recipe(Map<String, JsonNode> values) {
        return Recipes.parse(base, name, overrides(values));
    }

    private static List<String> overrides(Map<String, JsonNode> values) {
        // JSON is YAML
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** The epochs of a whole run of the base recipe. */
    int epochs() {
        return recipe(Map.of()).train().epochs();
    }

    /** A setting's name, by which files and reports call it. */
    String settingName(int setting) {
        return String.format(Locale.ROOT, "%s-%04d", name, setting);
    }

    /** A run's name, the folder's in which it is. */
    String runName(RunName run) {
        return settingName(run.setting()) + "-s" + run.seed();
    }

    /** The runs of a setting, one for each seed. */
    Stream<RunName> runs(int setting) {
        return spec.seeds().stream().map(seed -> new RunName(setting, seed));
    }
}
