package io.vae4j.experiments.figure;

import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.drawing.ChartStyle;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.run.FigureRecord;
import io.vae4j.experiments.run.FigureRecord.Panel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Figures as files: NAME.png and NAME.svg for people, and NAME.json with its panels for reports. */
public final class FigureFiles {

    private FigureFiles() {}

    /**
     * Writes a figure, replacing an older one.
     *
     * @return the picture
     */
    public static Path write(Drawing drawing, String name, Path folder) throws IOException {
        byte[] png = drawing.png();
        byte[] svg = drawing.svg().getBytes(StandardCharsets.UTF_8);
        FigureRecord record = new FigureRecord(
                Optional.of(drawing.title()),
                Optional.of(drawing.caption()),
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
     * Draws into a run's folder what is quick and applies to it.
     *
     * @return the names of what was drawn
     */
    public static List<String> drawQuick(Subject run) throws IOException {
        if (ChartStyle.obstacle().isPresent()) {
            return List.of();
        }
        List<Subject> one = List.of(run);
        List<Figure> drawn = Figures.all().stream()
                .filter(figure -> figure.effort() == Figure.Effort.QUICK)
                .filter(figure -> figure.incompatibility(one).isEmpty())
                .toList();
        for (Figure figure : drawn) {
            write(
                    figure.draw(one, FigureOptions.defaults()),
                    figure.name(),
                    run.folder().path().resolve(FigureRecord.FOLDER));
        }
        return drawn.stream().map(Figure::name).toList();
    }
}
