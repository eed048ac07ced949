package io.vae4j.experiments.report;

import io.vae4j.experiments.drawing.ChartStyle;
import io.vae4j.experiments.drawing.Panel;
import io.vae4j.experiments.drawing.Svg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the page of a sweep shows; sweep.jte lays it out.
 *
 * @param about what the numbers of the tables mean, in sentences
 * @param settings all of them, through parallel axes
 * @param curves of all runs
 * @param importance what the shares are
 * @param shares of the variance that keys explain; none where that cannot be told
 * @param runs what is shown of single runs
 * @param origin how it was run
 */
record SweepPage(
        SweepResult result,
        SweepHeadline headline,
        List<String> notes,
        SweepTables tables,
        List<String> about,
        Illustration settings,
        Illustration curves,
        String importance,
        List<KeyShare> shares,
        SweptRunsShown runs,
        List<Fact> origin) {

    /**
     * A drawing with its explanation.
     *
     * @param svg empty where there is nothing to draw
     * @param width points, of which a telephone has some 340
     */
    record Illustration(String lead, Optional<String> svg, int width) {

        static Illustration of(String lead, Optional<? extends Panel> panel, String name) {
            Optional<? extends Panel> drawn =
                    panel.filter(any -> ChartStyle.obstacle().isEmpty());
            return new Illustration(
                    lead,
                    drawn.map(any -> Svg.element(any, name)),
                    drawn.map(any -> any.size().width).orElse(0));
        }
    }

    /**
     * Reads what is shown besides from the folders of the runs.
     *
     * @param folder of the sweep
     */
    static SweepPage of(SweepResult result, Path folder) throws IOException {
        List<String> notes = new ArrayList<>(result.notes());
        SweepWording.incomparable(result).ifPresent(notes::add);
        Curves.obstacle().ifPresent(notes::add);
        Optional<SweepCurves> curves = SweepCurves.of(result, folder, notes);
        Optional<KeyImportance> importance = KeyImportance.of(result);
        SweptRunsShown runs = SweptRunsShown.of(result, folder, notes);
        return new SweepPage(
                result,
                SweepHeadline.of(result),
                notes,
                SweepTables.of(result),
                SweepWording.differences(result),
                Illustration.of(SweepWording.coordinates(result), SweepCoordinates.of(result), "settings"),
                Illustration.of(SweepWording.curves(result, curves.map(SweepCurves::range)), curves, "curves"),
                SweepWording.importance(result, importance),
                importance
                        .map(found -> KeyShare.of(found, FigureText.of(result.goal())))
                        .orElse(List.of()),
                runs,
                SweepFacts.of(result, runs.best()));
    }
}
