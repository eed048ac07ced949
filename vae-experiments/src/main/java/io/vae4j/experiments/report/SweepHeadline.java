package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Goal;
import java.util.List;
import java.util.Optional;

/**
 * The top of a sweep's page: what was tried and what came out, in two sentences.
 *
 * @param tried how many settings of what, from how many seeds
 * @param best empty until there is one
 */
record SweepHeadline(String tried, Optional<Best> best) {

    /**
     * The best setting.
     *
     * @param kind how the sentence on it begins, as in {@code The lowest validation loss is }
     * @param values of the keys that vary
     * @param nll of the test examples
     */
    record Best(String kind, String figure, String name, String values, Optional<String> nll) {}

    static SweepHeadline of(SweepResult result) {
        int seeds = result.settings().stream()
                .mapToInt(setting -> setting.runs().size())
                .max()
                .orElse(0);
        return new SweepHeadline(
                Wording.count(result.settings().size(), "setting")
                        + keys(result)
                        + (seeds > 1 ? ", each from " + Wording.count(seeds, "seed") : ""),
                result.best().map(best -> best(result, best)));
    }

    private static String keys(SweepResult result) {
        List<String> names = result.keys().stream().map(SweptKey::name).toList();
        int last = names.size() - 1;
        return names.isEmpty()
                ? ""
                : " of " + (last > 0 ? String.join(", ", names.subList(0, last)) + " and " : "") + names.get(last);
    }

    private static Best best(SweepResult result, SweptSetting best) {
        FigureText text = FigureText.of(result.goal());
        String kind = result.goal().direction() == Goal.Direction.MINIMIZE ? "lowest" : "highest";
        return new Best(
                "The " + kind + " " + result.goal().title() + " is ",
                text.mean(best.figure().orElseThrow()) + text.unit(),
                best.name(),
                SweepCoordinates.valuesOf(best.values()),
                best.nll().map(nll -> SweepTables.nats(nll) + " nats per example"));
    }
}
