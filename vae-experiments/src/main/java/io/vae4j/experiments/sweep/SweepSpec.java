package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Within;
import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.run.Split;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sweep is.
 *
 * @param description one sentence for people
 * @param recipe a name from {@code ./vae recipes}, or a YAML file beside this one
 * @param set what differs from the recipe in all runs, by keys such as {@code train.epochs}
 * @param vary the keys that vary, such as {@code model.latent}, with their values: a list of them, or a
 *     {@link Dimension} of another kind
 * @param seeds with each of which every setting is trained
 * @param search which settings are tried
 * @param minimize the metric that is to be low
 * @param maximize or else the metric that is to be high
 * @param split on which it is measured: {@code validation}, or {@code train}
 * @param validation the share of the training examples that is set aside to validate by, where neither the recipe nor
 *     the data have a validation split
 * @param evaluate what is looked at on the test examples in the end
 */
public record SweepSpec(
        @Default("''") String description,
        String recipe,
        @Default("{}") Map<String, JsonNode> set,
        @Default("{}") Map<String, Dimension> vary,
        @Default("[0]") List<Long> seeds,
        @Default("grid") SearchSpec search,
        @Default("null") Optional<String> minimize,
        @Default("null") Optional<String> maximize,
        @Default("validation") String split,
        @Default("0.1") @Within("(0, 1)") double validation,
        @Default("{}") Evaluated evaluate) {

    /** A setting that is trained twice from one seed would count as two. */
    public SweepSpec {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        vary = Collections.unmodifiableMap(new LinkedHashMap<>(vary));
        seeds = List.copyOf(seeds);
        require(!seeds.isEmpty(), "seeds is empty", "give at least one, as in seeds: [0, 1, 2]");
        require(new HashSet<>(seeds).size() == seeds.size(), "seeds has one twice", "give each once");
        require(minimize.isEmpty() || maximize.isEmpty(), "there are both minimize and maximize", "give one of them");
        for (String key : vary.keySet()) {
            require(!set.containsKey(key), "both set and vary have " + key, "leave one of them");
        }
        requireSplit(split);
    }

    private static void requireSplit(String name) {
        Split known = Split.named(name)
                .orElseThrow(() -> new InvalidInput(
                        "there is no split '" + name + "'", SweepFile.VALUES, "give split: validation"));
        require(
                known != Split.TEST,
                "split is test, and who chooses by the test examples has none left to say how good the choice is",
                "give split: validation; evaluate looks at the test examples in the end");
    }

    private static void require(boolean condition, String what, String remedy) {
        if (!condition) {
            throw new InvalidInput(what, SweepFile.VALUES, remedy);
        }
    }

    /** By what settings are chosen. */
    Goal goal() {
        return new Goal(
                maximize.or(() -> minimize).orElse("loss"),
                Split.named(split).orElseThrow(),
                maximize.isPresent() ? Goal.Direction.MAXIMIZE : Goal.Direction.MINIMIZE);
    }

    /** The settings that there are. */
    Space space() {
        return new Space(vary);
    }

    /**
     * What is looked at on the test examples, once, when all is trained: the NLL by importance sampling of each run of
     * the best settings.
     *
     * @param settings how many of the best, 0 for none
     * @param samples importance samples for each example
     * @param examples how many, or all where there are fewer
     */
    public record Evaluated(
            @Default("1") @Within("[0, 1e6]") int settings,
            @Default("1000") @Within("[1, 1e9]") long samples,
            @Default("1000") @Within("[1, 1e9]") int examples) {}
}
