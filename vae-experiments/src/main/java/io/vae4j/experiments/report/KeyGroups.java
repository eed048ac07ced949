package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The settings of a sweep in groups by one key: one for each value, or of near values where a number takes many.
 *
 * @param groups the settings of each by their index, in the order of the values
 */
record KeyGroups(SweptKey key, List<Group> groups) {

    /** So many values are a group each. */
    static final int MOST = 5;

    /** Settings that have a value in common, or values next to each other. */
    record Group(String label, List<Integer> settings) {}

    /** @param most how many groups of numbers there are, if there are more different ones than {@link #MOST} */
    static KeyGroups of(SweptKey key, List<SweptSetting> settings, int most) {
        List<JsonNode> values = settings.stream().map(one -> value(one, key)).toList();
        List<JsonNode> different = different(key, values.stream().distinct());
        if (key.scale().isEmpty() || different.size() <= MOST) {
            return new KeyGroups(
                    key, different.stream().map(value -> group(value, values)).toList());
        }
        return new KeyGroups(key, neighbors(values, most));
    }

    private static JsonNode value(SweptSetting setting, SweptKey key) {
        JsonNode value = setting.values().get(key.name());
        if (value == null) {
            throw new IllegalArgumentException(setting.name() + " has no " + key.name());
        }
        return value;
    }

    /** Names stay in the order in which they come. */
    private static List<JsonNode> different(SweptKey key, Stream<JsonNode> values) {
        return key.scale().isPresent()
                ? values.sorted(Comparator.comparingDouble(JsonNode::asDouble)).toList()
                : values.toList();
    }

    private static Group group(JsonNode value, List<JsonNode> values) {
        return new Group(
                ValueText.of(value),
                IntStream.range(0, values.size())
                        .filter(i -> values.get(i).equals(value))
                        .boxed()
                        .toList());
    }

    /** Of equal size, as far as equal values stay together. */
    private static List<Group> neighbors(List<JsonNode> values, int most) {
        List<Integer> sorted = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values.get(i).asDouble()))
                .toList();
        List<List<Integer>> groups = new ArrayList<>();
        double previous = Double.NaN;
        for (int i = 0; i < sorted.size(); i++) {
            double value = values.get(sorted.get(i)).asDouble();
            if (groups.size() <= i * most / sorted.size() && value != previous) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(sorted.get(i));
            previous = value;
        }
        return groups.stream().map(group -> between(group, values)).toList();
    }

    private static Group between(List<Integer> settings, List<JsonNode> values) {
        String first = ValueText.of(values.get(settings.get(0)));
        String last = ValueText.of(values.get(settings.get(settings.size() - 1)));
        return new Group(first.equals(last) ? first : first + " to " + last, settings);
    }

    /** A column for each group, 1 for its settings and 0 for the others. */
    List<double[]> indicators(int settings) {
        return groups.stream()
                .map(group -> {
                    double[] column = new double[settings];
                    group.settings().forEach(i -> column[i] = 1);
                    return column;
                })
                .toList();
    }
}
