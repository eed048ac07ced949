package io.vae4j.experiments.report;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.report.Table.Column;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a page on several runs shows: a table, the test curves laid over each other, and each run's last samples;
 * comparison.jte lays it out.
 *
 * @param count the number of runs, in words
 * @param best the run of lowest loss, where losses have an order
 */
record ComparisonPage(
        String count,
        Optional<Best> best,
        List<String> notes,
        Table table,
        List<Curves.Figure> curves,
        List<Pictures.Figure> samples) {

    /** The run of lowest loss on the test examples. */
    record Best(String name, String loss) {}

    /** A run under a name of its own. */
    private record Entry(String name, RunContents run, Pictures pictures) {

        Measurement last() {
            return run.history().last(Split.TEST).orElse(Measurement.none(Split.TEST));
        }

        Optional<Measurement> validation() {
            return run.history().last(Split.VALIDATION);
        }

        OptionalDouble loss() {
            return last().value(StandardMetrics.LOSS);
        }
    }

    static ComparisonPage of(List<RunContents> runs, List<Pictures> pictures) {
        if (runs.isEmpty()) {
            throw new InvalidInput("there is no run to compare", "report", "name one or more run folders");
        }
        List<String> names = distinct(runs.stream().map(RunContents::name).toList());
        List<Entry> entries = IntStream.range(0, runs.size())
                .mapToObj(i -> new Entry(names.get(i), runs.get(i), pictures.get(i)))
                .toList();
        return new ComparisonPage(
                Wording.count(runs.size(), "run"),
                areAlike(runs) ? best(entries) : Optional.empty(),
                notes(entries, areAlike(runs)),
                table(entries, MetricColumn.of(runs)),
                Curves.of(runs, names),
                entries.stream().flatMap(entry -> lastSamples(entry).stream()).toList());
    }

    private static Optional<Best> best(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.loss().isPresent())
                .min(Comparator.comparingDouble(entry -> entry.loss().orElseThrow()))
                .map(entry -> new Best(entry.name(), Wording.nats(entry.loss().orElseThrow())));
    }

    /** Losses of different kinds, or on different data, have no order. */
    private static boolean areAlike(List<RunContents> runs) {
        return runs.stream()
                        .map(run -> List.of(
                                run.manifest().normalized(),
                                run.manifest().likelihood(),
                                run.manifest().latestData().map(DataRecord::content)))
                        .distinct()
                        .count()
                == 1;
    }

    private static List<String> notes(List<Entry> entries, boolean areAlike) {
        List<String> notes = new ArrayList<>(Curves.obstacle().stream().toList());
        if (!areAlike) {
            notes.add("These runs differ in their data or in their likelihood: their losses cannot be compared.");
        }
        List<String> others = entries.stream()
                .filter(entry -> !entry.run().manifest().normalized().orElse(true))
                .map(Entry::name)
                .toList();
        if (!others.isEmpty()) {
            notes.add("The loss is not a log-likelihood in " + String.join(", ", others) + ".");
        }
        for (Entry entry : entries) {
            entry.run().notes().forEach(note -> notes.add(entry.name() + ": " + note));
            entry.pictures().notes().forEach(note -> notes.add(entry.name() + ": " + note));
            entry.run()
                    .evaluation()
                    .flatMap(EvaluationResult::note)
                    .ifPresent(note -> notes.add(entry.name() + ", NLL: " + note));
        }
        return notes;
    }

    private static Table table(List<Entry> entries, List<MetricColumn> metrics) {
        List<Column<Entry>> columns = new ArrayList<>();
        columns.add(new Column<>("Recipe", entry -> entry.run().recipeName()));
        columns.add(
                new Column<>("Model", entry -> entry.run().manifest().model().orElse(Wording.ABSENT)));
        columns.add(new Column<>(
                "Seed",
                entry -> entry.run().manifest().seed().map(String::valueOf).orElse(Wording.ABSENT)));
        columns.add(new Column<>(
                "Epochs", entry -> Integer.toString(entry.run().history().epochs())));
        for (MetricColumn metric : metrics) {
            boolean isLoss = metric.key().equals(StandardMetrics.LOSS.key());
            columns.add(new Column<>(isLoss ? "Test loss" : metric.heading(), entry -> metric.in(entry.last())));
            if (isLoss) {
                columns.add(new Column<>("Bits/dim", ComparisonPage::bits));
                if (entries.stream().anyMatch(entry -> entry.validation().isPresent())) {
                    columns.add(new Column<>(
                            "Validation loss",
                            entry -> entry.validation().map(metric::in).orElse(Wording.ABSENT)));
                }
            }
        }
        columns.add(new Column<>(
                "NLL",
                entry -> entry.run()
                        .evaluation()
                        .flatMap(EvaluationFacts::summary)
                        .orElse(Wording.ABSENT)));
        columns.add(new Column<>("Time", ComparisonPage::time));
        return Table.of(
                "Test examples, nats per example, after each run's last epoch; NLL as it was last evaluated",
                new Column<>("Run", Entry::name),
                columns,
                entries);
    }

    private static String bits(Entry entry) {
        OptionalDouble bits = RunPage.bitsPerDimension(entry.run(), entry.last());
        boolean density = bits.isPresent() && entry.run().manifest().isDensity();
        return Wording.written(bits, Wording::bits) + (density ? " (density)" : "");
    }

    private static String time(Entry entry) {
        double seconds = entry.run().history().seconds();
        return seconds > 0 ? Wording.duration(seconds) : Wording.ABSENT;
    }

    private static Optional<Pictures.Figure> lastSamples(Entry entry) {
        return entry.pictures().samples().stream()
                .reduce((first, second) -> second)
                .map(latest -> {
                    String caption = entry.name() + ", epoch " + latest.epoch();
                    return new Pictures.Figure(caption, latest.picture(), "Samples from the prior of " + caption);
                });
    }

    /** Folders in different places may have one name. */
    private static List<String> distinct(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.indexOf(names.get(i)) == names.lastIndexOf(names.get(i))
                        ? names.get(i)
                        : names.get(i) + " (" + (i + 1) + ")")
                .toList();
    }
}
