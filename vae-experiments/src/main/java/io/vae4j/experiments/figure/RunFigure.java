package io.vae4j.experiments.figure;

import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.drawing.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A figure that looks at one run at a time: of several it shows the panels of each, side by side. */
public interface RunFigure extends Figure {

    /** Why it cannot be drawn of a run, with the remedy; empty where it can. */
    Optional<String> incompatibility(Subject run);

    /** What it shows of a run. */
    Part part(Subject run, FigureOptions options);

    /**
     * What is shown of one run.
     *
     * @param panels whose titles name the run
     * @param finding what is to be seen in them, one sentence with its numbers
     */
    record Part(List<? extends Panel> panels, String finding) {}

    @Override
    default Optional<String> incompatibility(List<Subject> runs) {
        return runs.stream()
                .flatMap(run -> incompatibility(run).stream().map(reason -> run.name() + ": " + reason))
                .findFirst();
    }

    @Override
    default Drawing draw(List<Subject> runs, FigureOptions options) {
        List<Panel> panels = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        int each = 1;
        for (Subject run : runs) {
            Part part = part(run, options);
            panels.addAll(part.panels());
            findings.add(runs.size() == 1 ? part.finding() : run.name() + ": " + part.finding());
            each = Math.max(each, part.panels().size());
        }
        // several panels of several runs: a row for each run
        int columns = runs.size() > 1 && each > 1 ? each : Math.min(3, panels.size());
        return new Drawing(summary(), String.join(" ", findings), panels, columns);
    }
}
