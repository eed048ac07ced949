package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.node.ValueNode;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.Manifest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is not the same in all of several runs: of their recipes, and of how they were run. */
final class RecipeDifferences {

    private RecipeDifferences() {}

    /** A row for each thing that differs, a column for each group; empty where nothing does. */
    static Optional<Table> of(List<SeedGroup> groups) {
        List<Table.Row> rows = Stream.concat(
                        Stream.of(
                                row(
                                        "Recipe",
                                        groups,
                                        run -> Optional.of(run.run().recipeName())),
                                row("Model", groups, said(Manifest::model)),
                                row("Data", groups, said(m -> m.latestData().flatMap(DataRecord::name))),
                                row("Likelihood", groups, said(Manifest::likelihood)),
                                row(
                                        "Epochs done",
                                        groups,
                                        run -> Optional.of(Integer.toString(
                                                run.run().history().epochs()))),
                                row("Version", groups, said(Manifest::vae4j)),
                                row("Device", groups, said(Manifest::device))),
                        keys(groups).stream().map(key -> row(key, groups, run -> written(run, key))))
                .filter(RecipeDifferences::differs)
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Table.across(
                        "Only what is not the same in all; – stands where there is no such key", "Key", groups, rows));
    }

    private static Table.Row row(String heading, List<SeedGroup> groups, Function<ComparedRun, Optional<String>> what) {
        return new Table.Row(
                heading, groups.stream().map(group -> group.told(what)).toList());
    }

    private static Function<ComparedRun, Optional<String>> said(Function<Manifest, Optional<String>> what) {
        return run -> what.apply(run.run().manifest());
    }

    private static Set<String> keys(List<SeedGroup> groups) {
        Set<String> keys = new LinkedHashSet<>();
        groups.forEach(group -> keys.addAll(group.first().recipe().keySet()));
        return keys;
    }

    private static Optional<String> written(ComparedRun run, String key) {
        return Optional.ofNullable(run.recipe().get(key)).map(ValueNode::asText);
    }

    private static boolean differs(Table.Row row) {
        return row.cells().stream().distinct().count() > 1;
    }
}
