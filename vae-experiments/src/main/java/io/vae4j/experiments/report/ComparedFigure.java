package io.vae4j.experiments.report;

import io.vae4j.experiments.run.FigureRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One figure of several runs side by side, of the first run of each group.
 *
 * @param findings what is to be seen in each
 * @param missing of which runs it was not drawn, as a sentence
 */
record ComparedFigure(String title, List<Fact> findings, List<FigureRecord.Panel> panels, Optional<String> missing) {

    /** Every figure that any of the runs has. */
    static List<ComparedFigure> of(List<SeedGroup> groups) {
        Set<String> names = new TreeSet<>();
        groups.forEach(group -> names.addAll(group.first().figures().keySet()));
        return names.stream().map(name -> of(name, groups)).toList();
    }

    private static ComparedFigure of(String name, List<SeedGroup> groups) {
        String title = name;
        List<Fact> findings = new ArrayList<>();
        List<FigureRecord.Panel> panels = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (SeedGroup group : groups) {
            FigureRecord figure = group.first().figures().get(name);
            String run = group.nameOf(group.first());
            if (figure == null) {
                missing.add(run);
                continue;
            }
            title = figure.title().orElse(title);
            findings.addAll(Fact.of(run, figure.caption()));
            figure.panels()
                    .forEach(panel ->
                            panels.add(named(panel, run, group.first().run().name())));
        }
        return new ComparedFigure(
                title,
                findings,
                panels,
                Optional.of(missing.stream().collect(Collectors.joining(", ", "It was not drawn of ", ".")))
                        .filter(sentence -> !missing.isEmpty()));
    }

    /** A panel's title may name the run already, by its folder. */
    private static FigureRecord.Panel named(FigureRecord.Panel panel, String run, String folder) {
        String whole = panel.title().orElse("");
        String rest = (whole.startsWith(folder) ? whole.substring(folder.length()) : whole).strip();
        String title = rest.isEmpty() ? run : run + ": " + rest.replaceFirst("^[,:;] *", "");
        return new FigureRecord.Panel(Optional.of(title), panel.description(), panel.svg());
    }
}
