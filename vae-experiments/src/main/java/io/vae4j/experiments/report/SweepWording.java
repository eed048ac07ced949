package io.vae4j.experiments.report;

import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the numbers on a sweep's page mean, and what they cannot tell. */
final class SweepWording {

    /** With these a loss is another quantity. */
    private static final Pattern OTHER_LOSSES = Pattern.compile("(objective|data|model\\.likelihood)(\\..*)?");

    private SweepWording() {}

    /** Why the figures of the settings have no order, where they have none. */
    static Optional<String> incomparable(SweepResult result) {
        boolean isLoss = result.goal().metric().equals(StandardMetrics.LOSS.key());
        return result.keys().stream()
                .map(SweptKey::name)
                .filter(key -> isLoss && OTHER_LOSSES.matcher(key).matches())
                .findFirst()
                .map(key ->
                        "As " + key + " varies, the losses of settings are of different things, and their order means"
                                + " little: compare the NLL, or choose by another metric.");
    }

    /** Of the table of settings. */
    static List<String> differences(SweepResult result) {
        int seeds = result.best().map(best -> best.figures().size()).orElse(0);
        List<String> sentences = new ArrayList<>();
        if (seeds == 1) {
            sentences.add("With one seed it is not known how far the figure of a setting would move with another: near"
                    + " settings have no order. More seeds tell, as in seeds: [0, 1, 2].");
        } else if (seeds > 1) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "Each setting is compared with the best one seed by seed: the table has the mean of the n = %d"
                            + " differences and its standard error s/√n. From so few seeds s itself is uncertain, so"
                            + " that the 95 %% interval of Student's t, with %s of freedom, reaches %.2f standard errors"
                            + " to either side. An interval that contains 0 does not tell which setting is better.",
                    seeds,
                    Wording.count(seeds - 1, "degree"),
                    StudentT.twoSided95(seeds - 1)));
        }
        if (result.ranked().size() > 1) {
            sentences.add(
                    "The best of " + result.ranked().size() + " settings was chosen by this figure, and looks better"
                            + " by it than it is"
                            + (result.best().flatMap(SweptSetting::nll).isPresent()
                                    ? "; the NLL of the test examples had no part in the choice."
                                    : "."));
        }
        if (result.ranked().stream().map(SweptSetting::epochs).distinct().count() > 1) {
            sentences.add(
                    "Settings that were trained further stand above those that were stopped early, whose difference"
                            + " is that from the best setting after as many epochs.");
        }
        return sentences;
    }

    /** Of the parallel coordinates. */
    static String coordinates(SweepResult result) {
        FigureText text = FigureText.of(result.goal());
        FigureRange range = FigureRange.of(
                result.goal(),
                result.ranked().stream().map(SweepCoordinates::figure).toList());
        boolean failed = result.settings().stream().anyMatch(one -> one.state() == SweptRun.State.FAILED);
        return "A line for each setting, from value to value and on to its figure, the best at the top of the last axis and"
                + " on top of the others."
                + range.fence()
                        .map(fence -> " Figures worse than " + text.number(fence) + " are drawn there.")
                        .orElse("")
                + (failed ? " Dashed lines are settings that failed." : "")
                + beyond(result.ranked().size(), SweepCoordinates.MOST, "settings");
    }

    /** Of the curves. */
    static String curves(SweepResult result, Optional<FigureRange> range) {
        FigureText text = FigureText.of(result.goal());
        return "A line for each run, in the color of its setting."
                + range.flatMap(FigureRange::fence)
                        .map(fence -> " What is worse than " + text.number(fence) + " is beyond the plane.")
                        .orElse("")
                + beyond(result.runs().size(), SweepCurves.MOST, "runs");
    }

    private static String beyond(int count, int most, String what) {
        return count > most ? " Of " + count + " " + what + " the best " + most + " are drawn." : "";
    }

    /** Of the importance of keys. */
    static String importance(SweepResult result, Optional<KeyImportance> found) {
        if (result.keys().size() < 2) {
            return "One key varies, so that there is nothing to weigh it against.";
        }
        return found.map(importance -> shares(result, importance))
                .orElse(
                        "There are too few settings to tell: a share of the variance wants at least as many settings beyond"
                                + " those that fix an effect for each value of each key.");
    }

    private static String shares(SweepResult result, KeyImportance found) {
        FigureText text = FigureText.of(result.goal());
        double rest = 1
                - found.effects().stream()
                        .mapToDouble(effect -> Math.max(0, effect.share()))
                        .sum();
        return "The share of the variance of the " + result.goal().title() + " among "
                + Wording.count(found.settings(), "setting") + ", " + common(result, found.epoch())
                + ", that a key explains by itself: the main effects of an analysis of variance, less what a key without"
                + " any effect explains by chance (epsilon squared, Kelley 1935). What is left, "
                + KeyShare.percent(Math.max(0, rest))
                + ", is due to keys together, to values within a group, and to chance."
                + found.fence()
                        .map(fence -> " Figures worse than " + text.number(fence) + " count as that.")
                        .orElse("")
                + " It holds for the values that were tried.";
    }

    private static String common(SweepResult result, int epoch) {
        boolean isEnd =
                result.ranked().stream().allMatch(setting -> setting.means().lastKey() == epoch);
        return isEnd ? "each after its last epoch" : "all after epoch " + epoch;
    }
}
