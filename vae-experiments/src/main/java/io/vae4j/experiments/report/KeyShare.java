package io.vae4j.experiments.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a key does, as a page shows it.
 *
 * @param share of the variance, as a bar from 0 to 1
 * @param means of the figure over the settings with each value, as text
 */
record KeyShare(String key, double share, String means) {

    static List<KeyShare> of(KeyImportance found, FigureText text) {
        return found.effects().stream()
                .map(effect ->
                        new KeyShare(effect.groups().key().name(), Math.max(0, effect.share()), means(effect, text)))
                .toList();
    }

    private static String means(KeyImportance.Effect effect, FigureText text) {
        return IntStream.range(0, effect.means().size())
                .mapToObj(i -> effect.groups().groups().get(i).label() + ": "
                        + text.number(effect.means().get(i)))
                .collect(Collectors.joining("; "));
    }

    /** As in {@code 63 %}. */
    String written() {
        return percent(share);
    }

    static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
