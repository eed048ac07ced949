package io.vae4j.experiments.figure;

import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.drawing.ChartStyle;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.run.FigureRecord;
import io.vae4j.experiments.run.FigureRecord.Panel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Figures as files: NAME.png and NAME.svg for people, and NAME.json with its panels for reports. */
public final class FigureFiles {

    private FigureFiles() {}

    /**
     * Writes a figure, replacing an older one.
     *
     * @param runs those that are drawn
     * @return the picture
     */
    public static Path write(Drawing drawing, String name, List<Subject> runs, Path folder) throws IOException {
        byte[] png = drawing.png();
        byte[] svg = drawing.svg().getBytes(StandardCharsets.UTF_8);
        FigureRecord record = new FigureRecord(
                Optional.of(drawing.title()),
                Optional.of(drawing.caption()),
                runs.size() == 1 ? Optional.of(runs.get(0).note()) : Optional.empty(),
                drawing.panels().stream()
                        .map(panel -> new Panel(
                                Optional.of(panel.title()),
                                Optional.of(panel.description()),
                                Optional.of(drawing.svg(panel))))
                        .toList());
        AtomicFiles.replace(folder.resolve(name + ".svg"), svg);
        AtomicFiles.replace(folder.resolve(name + ".png"), png);
        record.write(folder, name);
        return folder.resolve(name + ".png");
    }

    /**
     * What was drawn of a run.
     *
     * @param names of the figures
     * @param failures why others were not, a sentence each
     */
    public record Drawn(List<String> names, List<String> failures) {}

    /** Draws into a run's folder what is quick and applies to it; a figure that fails costs no other one. */
    public static Drawn drawQuick(Subject run) {
        List<String> names = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        if (ChartStyle.obstacle().isPresent()) {
            return new Drawn(names, failures);
        }
        for (Figure figure : Figures.all()) {
            try {
                if (isDrawnUnasked(figure, run)) {
                    Drawing drawing = figure.draw(List.of(run), FigureOptions.defaults());
                    write(
                            drawing,
                            figure.name(),
                            List.of(run),
                            run.folder().path().resolve(FigureRecord.FOLDER));
                    names.add(figure.name());
                }
            } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
                failures.add(figure.name() + ": " + (e instanceof InvalidInput ? e.getMessage() : e));
            }
        }
        return new Drawn(names, failures);
    }

    private static boolean isDrawnUnasked(Figure figure, Subject run) {
        return figure.effort() == Figure.Effort.QUICK
                && figure.runs() != Figure.Runs.NONE
                && figure.incompatibility(List.of(run)).isEmpty();
    }
}
