package io.vae4j.experiments.report;

import io.vae4j.experiments.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came out of a sweep, as tables.
 *
 * @param best the first settings
 * @param every all of them, where there are more
 * @param failures the runs that failed, with the reason
 */
record SweepTables(Table best, Optional<Table> every, Optional<Table> failures) {

    private static final int MOST_BEST = 10;

    static SweepTables of(SweepResult result) {
        List<SweptSetting> settings = result.settings();
        String caption = "Mean ± standard deviation over seeds, after the last epoch of each";
        Table best = table(caption, result, settings.stream().limit(MOST_BEST).toList());
        return new SweepTables(
                best,
                settings.size() > MOST_BEST ? Optional.of(table(caption, result, settings)) : Optional.empty(),
                failures(result));
    }

    private static Table table(String caption, SweepResult result, List<SweptSetting> settings) {
        FigureText text = FigureText.of(result.goal());
        List<Column<SweptSetting>> columns = new ArrayList<>();
        columns.add(new Column<>(
                "Rank", setting -> setting.rank().map(String::valueOf).orElse(Wording.ABSENT)));
        columns.add(new Column<>(text.heading(), setting -> figure(setting, text)));
        columns.add(new Column<>(
                "From the best (standard error)",
                setting -> setting.difference().map(text::difference).orElse(Wording.ABSENT)));
        columns.add(new Column<>(
                "95 % interval",
                setting -> setting.difference().map(text::interval).orElse(Wording.ABSENT)));
        columns.add(new Column<>(
                "Test NLL", setting -> setting.nll().map(SweepTables::nats).orElse(Wording.ABSENT)));
        columns.add(new Column<>("Epochs", setting -> Integer.toString(setting.epochs())));
        result.keys().forEach(key -> columns.add(new Column<>(key.name(), setting -> value(setting, key.name()))));
        columns.removeIf(column -> settings.stream()
                .allMatch(setting -> column.cell().apply(setting).equals(Wording.ABSENT)));
        return Table.of(caption, new Column<>("Setting", SweptSetting::name), columns, settings);
    }

    private static String value(SweptSetting setting, String key) {
        return Optional.ofNullable(setting.values().get(key)).map(ValueText::of).orElse(Wording.ABSENT);
    }

    /** What keeps a setting from having a figure stands in its place. */
    private static String figure(SweptSetting setting, FigureText text) {
        return setting.figure().map(text::mean).orElse(setting.state().label());
    }

    static String nats(SampleMoments nll) {
        return Wording.finite(nll.mean()) + (nll.count() > 1 ? " ±\u00a0" + Wording.finite(nll.deviation()) : "");
    }

    private static Optional<Table> failures(SweepResult result) {
        List<SweptRun> failed =
                result.runs().stream().filter(run -> run.reason().isPresent()).toList();
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(Table.of(
                        "Runs that cannot be trained, or whose test examples could not be looked at",
                        new Column<>("Run", SweptRun::name),
                        List.of(
                                new Column<>("Epochs", run -> Integer.toString(run.epochs())),
                                new Column<>("Reason", run -> run.reason().orElse(""))),
                        failed));
    }
}
