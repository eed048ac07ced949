package io.vae4j.experiments.report;

import io.vae4j.experiments.report.Table.Column;
import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What came out of several runs.
 *
 * @param groups a row for each group of seeds
 * @param runs a row for each run; empty where every group is one run
 */
record ResultTables(Table groups, Optional<Table> runs) {

    private static final String WHERE = "Test examples, nats per example, after each run's last epoch";
    private static final String SPREAD = "; of several seeds the mean ± the standard deviation";

    static ResultTables of(List<SeedGroup> groups) {
        List<Column<SeedGroup>> columns = columns(groups);
        boolean several = groups.stream().anyMatch(SeedGroup::hasSeveral);
        Table together = Table.of(
                WHERE + (several ? SPREAD : "") + "; NLL as it was last evaluated",
                new Column<>("Run", SeedGroup::label),
                columns,
                groups);
        List<SeedGroup> singles = groups.stream().flatMap(ResultTables::singly).toList();
        return new ResultTables(
                together,
                several
                        ? Optional.of(Table.of(WHERE, new Column<>("Run", SeedGroup::label), columns, singles))
                        : Optional.empty());
    }

    private static Stream<SeedGroup> singly(SeedGroup group) {
        return group.runs().stream().map(run -> new SeedGroup(group.nameOf(run), List.of(run)));
    }

    private static List<Column<SeedGroup>> columns(List<SeedGroup> groups) {
        List<RunContents> runs = groups.stream()
                .flatMap(group -> group.runs().stream())
                .map(ComparedRun::run)
                .toList();
        List<Column<SeedGroup>> columns = new ArrayList<>();
        columns.add(new Column<>("Seed", SeedGroup::seeds));
        columns.add(new Column<>(
                "Epochs",
                group -> Integer.toString(group.first().run().history().epochs())));
        for (MetricColumn metric : MetricColumn.of(runs)) {
            boolean isLoss = metric.key().equals(StandardMetrics.LOSS.key());
            columns.add(measured(isLoss ? "Test loss" : metric.heading(), metric, ComparedRun::last));
            if (isLoss) {
                columns.add(new Column<>("Bits/dim", ResultTables::bits));
                columns.add(measured("Validation loss", metric, ComparedRun::validation));
            }
        }
        columns.add(number("NLL", ResultTables::nll));
        columns.add(new Column<>("Time", ResultTables::time));
        columns.removeIf(column ->
                groups.stream().allMatch(group -> column.cell().apply(group).equals(Wording.ABSENT)));
        return columns;
    }

    private static Column<SeedGroup> measured(
            String heading, MetricColumn metric, Function<ComparedRun, Measurement> where) {
        SeedFigure figure = new SeedFigure(
                run -> Optional.ofNullable(where.apply(run).values().get(metric.key())),
                value -> Wording.value(value, metric.unit()));
        return new Column<>(heading, figure::in);
    }

    private static Column<SeedGroup> number(String heading, Function<ComparedRun, Optional<Double>> value) {
        return new Column<>(heading, new SeedFigure(value, Wording::nats)::in);
    }

    private static String bits(SeedGroup group) {
        String bits = new SeedFigure(ResultTables::bits, Wording::bits).in(group);
        Optional<String> qualifier = group.first().run().manifest().bitsQualifier();
        return bits
                + qualifier
                        .filter(q -> !bits.equals(Wording.ABSENT))
                        .map(q -> " (" + q + ")")
                        .orElse("");
    }

    private static Optional<Double> bits(ComparedRun run) {
        OptionalDouble bits = RunPage.bitsPerDimension(run.run(), run.last());
        return bits.isPresent() ? Optional.of(bits.getAsDouble()) : Optional.empty();
    }

    private static Optional<Double> nll(ComparedRun run) {
        return run.run().evaluation().flatMap(EvaluationResult::nll);
    }

    /** That of one run; how it differs from seed to seed tells of the machine. */
    private static String time(SeedGroup group) {
        double seconds = group.runs().stream()
                .mapToDouble(run -> run.run().history().seconds())
                .average()
                .orElse(0);
        return seconds > 0 ? Wording.duration(seconds) : Wording.ABSENT;
    }
}
