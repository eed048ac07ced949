package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How much of the variance of a figure among settings each key explains by itself: an analysis of variance of the model
 * {@code figure = mean + sum_j effect_j(value of key j) + rest}, with an effect for each {@link KeyGroups group} of a
 * key's values. The share of key j is
 *
 * <pre>epsilon_j^2 = (SS_j - df_j s^2) / SS</pre>
 *
 * <p>where SS_j is how much worse the model fits without the key, of df_j free effects, s^2 the variance of the rest
 * and SS that of all; what is subtracted is what a key of no effect explains by chance. Kelley 1935; for a whole grid
 * these are the main effects of the functional ANOVA that Hutter et al. 2014 use.
 *
 * @param epoch after which the figures were measured
 * @param settings that were trained as far
 * @param fence as which figures count that are worse; empty where none is
 * @param effects the largest first
 */
record KeyImportance(int epoch, int settings, Optional<Double> fence, List<Effect> effects) {

    private static final int FEWEST_GROUPS = 3;

    /**
     * What a key does.
     *
     * @param share of the variance; chance may make it negative
     * @param means of the figure over the settings of each group, none of them beyond the fence
     */
    record Effect(KeyGroups groups, double share, List<Double> means) {}

    /** Figures that settings have in common: after the epoch that most of them have reached, and the last such. */
    private record Common(int epoch, List<SweptSetting> settings) {

        static Optional<Common> of(List<SweptSetting> settings) {
            Map<Integer, List<SweptSetting>> reached = new TreeMap<>();
            for (SweptSetting setting : settings) {
                setting.means().forEach((epoch, mean) -> {
                    if (Double.isFinite(mean)) {
                        reached.computeIfAbsent(epoch, e -> new ArrayList<>()).add(setting);
                    }
                });
            }
            return reached.entrySet().stream()
                    .map(entry -> new Common(entry.getKey(), entry.getValue()))
                    .reduce((a, b) -> a.settings().size() > b.settings().size() ? a : b);
        }

        List<Double> figures() {
            return settings.stream()
                    .map(setting -> setting.means().getOrDefault(epoch, Double.NaN))
                    .toList();
        }
    }

    /** Empty where there are too few settings for so many keys and values to tell. */
    static Optional<KeyImportance> of(SweepResult result) {
        List<SweptKey> keys = result.keys();
        Optional<Common> common = Common.of(result.settings());
        if (keys.size() < 2 || common.isEmpty()) {
            return Optional.empty();
        }
        List<SweptSetting> settings = common.get().settings();
        List<Double> figures = common.get().figures();
        FigureRange range = FigureRange.of(result.goal(), figures);
        double[] y = figures.stream().mapToDouble(range::within).toArray();
        return IntStream.iterate(KeyGroups.MOST, most -> most >= FEWEST_GROUPS, most -> most - 1)
                .mapToObj(most -> keys.stream()
                        .map(key -> KeyGroups.of(key, settings, most))
                        .toList())
                .filter(groups -> tells(groups, y))
                .findFirst()
                .map(groups ->
                        new KeyImportance(common.get().epoch(), settings.size(), range.fence(), effects(groups, y)));
    }

    /** Whether as many settings are left for the rest as effects take, and there is a difference to explain. */
    private static boolean tells(List<KeyGroups> groups, double[] y) {
        LeastSquares all = LeastSquares.of(groups, y);
        return all.total() > 0 && y.length - 1 - all.freedom() >= all.freedom();
    }

    private static List<Effect> effects(List<KeyGroups> groups, double[] y) {
        LeastSquares all = LeastSquares.of(groups, y);
        double rest = all.rest() / (y.length - 1 - all.freedom());
        return groups.stream()
                .map(key -> {
                    LeastSquares without = LeastSquares.of(
                            groups.stream()
                                    .filter(other -> !other.key().equals(key.key()))
                                    .toList(),
                            y);
                    double own = without.rest() - all.rest();
                    int freedom = all.freedom() - without.freedom();
                    return new Effect(key, (own - freedom * rest) / all.total(), means(key, y));
                })
                .sorted(Comparator.comparingDouble(Effect::share).reversed())
                .toList();
    }

    private static List<Double> means(KeyGroups key, double[] y) {
        return key.groups().stream()
                .map(group -> group.settings().stream()
                        .mapToDouble(i -> y[i])
                        .average()
                        .orElse(Double.NaN))
                .toList();
    }
}
