package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.InvalidInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** All settings that there are: one value for each key that varies. */
public record Space(Map<String, Dimension> dimensions) {

    private static final long MOST_SETTINGS = 1_000_000;

    public Space {
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    /** How many settings there are; empty where there is no end of them. */
    public OptionalLong size() {
        long size = 1;
        for (Dimension dimension : dimensions.values()) {
            Optional<List<JsonNode>> points = dimension.points();
            if (points.isEmpty()) {
                return OptionalLong.empty();
            }
            size = Math.min(MOST_SETTINGS + 1, size * points.get().size());
        }
        return OptionalLong.of(size);
    }

    /**
     * A setting of the grid: the last key varies fastest.
     *
     * @param index from 0
     */
    public Map<String, JsonNode> point(long index) {
        List<String> keys = new ArrayList<>(dimensions.keySet());
        Map<String, JsonNode> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, points(key).get(0)));
        long rest = index;
        for (int i = keys.size() - 1; i >= 0; i--) {
            List<JsonNode> points = points(keys.get(i));
            values.put(keys.get(i), points.get(Math.toIntExact(rest % points.size())));
            rest /= points.size();
        }
        return values;
    }

    private List<JsonNode> points(String key) {
        Dimension dimension = dimensions.get(key);
        return dimension == null ? List.of() : dimension.points().orElse(List.of());
    }

    /** A random setting: a function of the seed and the number of the draw. */
    public Map<String, JsonNode> drawn(long seed, long draw) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + draw);
        Map<String, JsonNode> values = new LinkedHashMap<>();
        dimensions.forEach((key, dimension) -> values.put(key, dimension.at(random.nextDouble())));
        return values;
    }

    /** Refuses a grid over what has no end, or that nobody lives to see the end of. */
    void requireGrid() {
        dimensions.forEach((key, dimension) -> {
            if (dimension.points().isEmpty()) {
                throw new InvalidInput(
                        "there is no end of values of " + key + " for a grid",
                        SweepFile.VALUES,
                        "give a list or kind: grid, or search: {kind: random, settings: 30}");
            }
        });
        if (size().orElseThrow() > MOST_SETTINGS) {
            throw new InvalidInput(
                    "the grid has more than " + MOST_SETTINGS + " settings",
                    SweepFile.VALUES,
                    "give fewer values, or search: {kind: random, settings: 30}");
        }
    }
}
